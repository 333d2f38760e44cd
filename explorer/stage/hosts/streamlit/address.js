// The address: the page's part comes from Python; step, trace, present and hide are the stage's own.

const PAGE_LOAD = performance.timeOrigin; // tells this page's history entries from those before a reload
const LONGEST_TRAVEL_MS = 2000; // an entry that is not there fires no popstate
const WRITE_MS = 150; // so that playing and dragging do not flood the history

const readable = (text) => encodeURIComponent(text).replace(/%(2C|3B|7C|3A)/g, decodeURIComponent);
const entryOf = (state) => (state?.explorer?.[0] === PAGE_LOAD ? state.explorer[1] : null);

/**
 * `names`: the parameters that are ours; `page()`: what Python says of the address; `mayWrite()`: not while the page is
 * on its way to another address; `onGo({search, entry})`: Back or Forward.
 */
export function createAddress({ names, page, mayWrite, onGo }) {
  let own = { step: null, trace: "", isPresenting: false, isHidden: false };
  let writing = 0, travelling = 0; // timers: the address is written soon; the stage itself goes through the history
  let trail = [0], place = 0; // the session's entries as the browser's history has them, and where it stands
  let destination = 0; // the entry that the stage goes to
  const entry = () => trail[place];

  /** The address of what is on screen. What belongs to others stays: Streamlit's embed, a course's utm_source. */
  function search() {
    const { step, trace, isPresenting, isHidden } = own;
    const stages = { step, trace: trace || null, present: isPresenting ? 1 : null, hide: isHidden ? "result" : null };
    const foreign = [...new URLSearchParams(location.search)].filter(([name]) => !names.includes(name));
    const parts = [...Object.entries({ ...page(), ...stages }).filter(([, value]) => value !== null), ...foreign];
    return parts.length ? `?${parts.map(([name, value]) => `${readable(name)}=${readable(value)}`).join("&")}` : "";
  }

  /** Write the address into the browser's present entry, or into a new one. */
  function write(isNew = false) {
    clearTimeout(writing);
    if (search() === location.search && entryOf(history.state) === entry()) return;
    const state = { ...history.state, explorer: [PAGE_LOAD, entry()] };
    history[isNew ? "pushState" : "replaceState"](state, "", location.pathname + search() + location.hash);
  }
  function writeSoon() {
    clearTimeout(writing);
    if (!travelling && mayWrite()) writing = setTimeout(write, WRITE_MS);
  }
  /** Go through the history to an entry. Who is on the way already goes on to it from where that way ends. */
  function travel(wanted) {
    destination = wanted;
    clearTimeout(writing);
    if (!travelling) leave();
  }
  function leave() {
    clearTimeout(travelling);
    travelling = setTimeout(arrive, LONGEST_TRAVEL_MS);
    history.go(trail.indexOf(destination) - place);
  }
  function arrive() {
    clearTimeout(travelling);
    travelling = 0;
    write();
  }

  function onPop(event) {
    event.stopImmediatePropagation(); // Streamlit itself would start the page anew
    clearTimeout(writing);
    const found = entryOf(event.state);
    // An entry from before a reload, or one that somebody else made: it gets a number of its own.
    if (!trail.includes(found)) trail = [Math.min(...trail) - 1];
    place = Math.max(trail.indexOf(found), 0);
    if (!travelling) onGo({ search: location.search, entry: entry() });
    else if (trail.includes(destination) && destination !== entry()) leave();
    else arrive();
  }
  window.addEventListener("popstate", onPop, true);

  return {
    search,
    entry,
    /** What the stage itself adds. */
    remember(state) {
      own = state;
      writeSoon();
    },
    link() {
      if (!travelling && mayWrite()) write();
      return location.href;
    },
    /** After a new document: make an entry of it, or go to the one that its page stands in, as undo and redo may. */
    follow(wanted, { isFirst, isNew }) {
      if (isFirst) [trail, place] = [[wanted], 0];
      if (isNew) {
        trail.splice(++place, Infinity, wanted);
        return write(true);
      }
      const isElsewhere = travelling || wanted !== entry();
      return isElsewhere && trail.includes(wanted) && mayWrite() ? travel(wanted) : writeSoon();
    },
    /** Where the server has another version of the stage, Streamlit mounts it in this one's place: it goes on there. */
    handOver(kept) {
      const all = { ...kept, own, trail, place };
      history.replaceState({ ...history.state, kept: [PAGE_LOAD, all] }, "");
    },
    /** What a stage before this one handed over, or null. It may be long ago: over a slow line a stage loads slowly. */
    takeOver() {
      const [load, kept] = history.state?.kept ?? [];
      if (load !== PAGE_LOAD) return null;
      ({ own, trail, place } = kept);
      history.replaceState({ ...history.state, kept: undefined }, "");
      return kept;
    },
    dispose() {
      clearTimeout(writing);
      clearTimeout(travelling);
      window.removeEventListener("popstate", onPop, true);
    },
  };
}
