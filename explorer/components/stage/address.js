// The address: the page's part comes from Python; step, trace and present are the stage's own.

const PAGE_LOAD = performance.timeOrigin; // tells this page's history entries from those before a reload
const TRAVEL_MS = 400; // an entry that is not there fires no popstate

const HAND_OVER_MS = 5000;

/** Adds search, entry, writeAddress, followHistory, onPop, handOver and takeOver to a stage. */
function addAddress(stage) {
  let writing = 0, travelling = 0; // timers: the address is written soon; the stage itself goes through the history
  let trail = [0], place = 0; // the session's entries as the browser's history has them, and where it stands
  const readable = (text) => encodeURIComponent(text).replace(/%(2C|3B|7C|3A)/g, decodeURIComponent);
  const entryOf = (state) => (state?.explorer?.[0] === PAGE_LOAD ? state.explorer[1] : null);

  /** Which of the session's history entries the browser stands in. */
  stage.entry = () => trail[place];

  /** The address of what is on screen. What belongs to others stays: Streamlit's embed, a course's utm_source. */
  stage.search = () => {
    const own = { step: stage.step, trace: stage.pin || null, present: stage.root.classList.contains("presenting") ? 1 : null };
    const foreign = [...new URLSearchParams(location.search)].filter(([name]) => !OWN_NAMES.includes(name));
    const parts = [...Object.entries({ ...stage.data.address, ...own }).filter(([, value]) => value !== null), ...foreign];
    return parts.length ? `?${parts.map(([name, value]) => `${readable(name)}=${readable(value)}`).join("&")}` : "";
  };

  /** Write the address into the browser's present entry, or into a new one. */
  function write(isNew = false) {
    const search = stage.search(), entry = stage.entry();
    if (search === location.search && entryOf(history.state) === entry) return;
    const state = { ...history.state, explorer: [PAGE_LOAD, entry] };
    history[isNew ? "pushState" : "replaceState"](state, "", location.pathname + search + location.hash);
  }

  /** Soon, so that playing and dragging do not flood the history. */
  stage.writeAddress = (now = false) => {
    clearTimeout(writing);
    if (travelling || stage.waitsFor("go")) return;
    if (now) write();
    else writing = setTimeout(write, 150);
  };

  /** After a new document: make an entry of it, or go to the one that its page stands in, as undo and redo may. */
  stage.followHistory = (entry, { isFirst, isNew }) => {
    if (isFirst) [trail, place] = [[entry], 0];
    if (isNew) {
      clearTimeout(writing);
      trail.splice(++place, Infinity, entry);
      return write(true);
    }
    const steps = trail.indexOf(entry) - place;
    if (steps === 0 || !trail.includes(entry) || stage.waitsFor("go")) return stage.writeAddress();
    clearTimeout(writing);
    travelling = setTimeout(arrive, TRAVEL_MS);
    history.go(steps);
  };
  function arrive() {
    clearTimeout(travelling);
    travelling = 0;
    write();
  }

  stage.nodes.copy.onclick = async () => {
    stage.writeAddress(true);
    const { copy, copied, copy_failed } = stage.texts.stage;
    let text = copied;
    try { await navigator.clipboard.writeText(location.href); } catch { text = copy_failed; }
    stage.nodes.copy.textContent = text;
    setTimeout(() => { stage.nodes.copy.textContent = copy; }, 2500);
  };

  /** Back and Forward: Python reads the address again; Streamlit itself would start the page anew. */
  stage.onPop = (event) => {
    event.stopImmediatePropagation();
    clearTimeout(writing);
    const entry = entryOf(event.state);
    // An entry from before a reload, or one that somebody else made: it gets a number of its own.
    if (!trail.includes(entry)) trail = [Math.min(...trail) - 1];
    place = Math.max(trail.indexOf(entry), 0);
    if (travelling) arrive();
    else stage.command("go", { search: location.search, entry: stage.entry() });
  };
  /** Streamlit puts another stage in this one's place where the server has another version of it: that one goes on. */
  stage.handOver = () => {
    if (!stage.doc) return;
    const { data: { session, number, address, history: undo }, step, pin, speed } = stage;
    const own = { step, pin, speed, data: { session, number, address, history: undo } };
    const kept = { own, trail, place, isPresenting: stage.root.classList.contains("presenting"), ...stage.keptCommands() };
    history.replaceState({ ...history.state, kept: [PAGE_LOAD, performance.now(), kept] }, "");
  };
  stage.takeOver = () => {
    const [page, when, kept] = history.state?.kept ?? [];
    if (page !== PAGE_LOAD || performance.now() - when > HAND_OVER_MS) return;
    Object.assign(stage, kept.own);
    [trail, place] = [kept.trail, kept.place];
    stage.root.classList.toggle("presenting", kept.isPresenting);
    stage.keepCommands(kept);
    history.replaceState({ ...history.state, kept: undefined }, "");
  };
  stage.endAddress = () => { clearTimeout(writing); clearTimeout(travelling); };
}
