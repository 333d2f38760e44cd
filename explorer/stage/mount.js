// The stage: draws a document, plays it, links its grids and takes edits, on any page. It computes nothing.

import { element } from "./dom.js";
import { listenToAnswers } from "./features/answering.js";
import { createCopying, listenToCopies } from "./features/copying.js";
import { listenToEdits } from "./features/editing.js";
import { tellEvents } from "./features/events.js";
import { listenToReveals } from "./features/hiding.js";
import { listenToKeys } from "./features/keys.js";
import { createLecturing } from "./features/lecturing.js";
import { createPlaying } from "./features/playing.js";
import { listenToTracing } from "./features/tracing.js";
import { colourOf, createMarks } from "./marks.js";
import { createBar } from "./parts/bar.js";
import { createBlank } from "./parts/blank.js";
import { createBubble } from "./parts/bubble.js";
import { createCopyBox } from "./parts/copybox.js";
import { createExample } from "./parts/example.js";
import { createFacts } from "./parts/facts.js";
import { createGallery } from "./parts/gallery.js";
import { createHelp } from "./parts/help.js";
import { createLectureBar } from "./parts/lecturebar.js";
import { createNotes } from "./parts/notes.js";
import { createPanel } from "./parts/panel.js";
import { createPasting } from "./parts/pasting.js";
import { createPicture } from "./parts/picture.js";
import { createPinLine } from "./parts/pinline.js";
import { createPlayer } from "./parts/player.js";
import { createPlaylist } from "./parts/playlist.js";
import { createSaid } from "./parts/said.js";
import { createSentence } from "./parts/sentence.js";
import { createSpotlight } from "./parts/spotlight.js";
import { createWhatIf } from "./parts/whatif.js";
import { FIRST_STATE, masked, sceneOf, tracedName, withChanges, withDocument } from "./state.js";
import { createStore } from "./store.js";
import { watchFocus } from "./typing.js";
import { VIEW_NAMES } from "./views/index.js";

/**
 * Put a stage into an element.
 *
 * `host` is what the stage needs from outside:
 *   can(command)        whether a command can be asked for at all
 *   send(command, args) ask for it; returns the command's id, by which status.refused and status.preview name it
 *   palette(root)       the colours, one of explorer/figures/palette.py, with its `name`
 *   loadPlotly()        a promise of plotly.js
 *   link(), remember({step, trace, isPresenting})   the address, where the page has one of its own (optional)
 *   height()            px for the stage, where that is not what is left of the window (optional)
 *   examples            {group: names}: the examples that can be asked for by "preset" (optional)
 *   visit(search)       ask for the page of another address; then `lectures`, {group: {name: address}}, are the
 *                       examples as playlists, and `addressNames` the parameters of an address (optional)
 *   fills               {input, kernel, upstream}: the fills that can be asked for (optional)
 *   sharesKeys()        whether the stage's keys work while another control of the page has the focus (optional)
 *
 * Returns `update(changes)` and `dispose()`. Changes are {document, isNew} (a page of its own: its step and trace
 * count), `status`, and what a lesson sets: `step`, `pin`, `mask`, `isPlaying`, `isPresenting`. What happens on the
 * stage is told by events of the element: see `features/events.js`.
 */
export function mount(parent, { document, texts, host, state = {} }) {
  const root = parent.appendChild(createRoot(texts));
  const controller = new AbortController();
  const { signal } = controller;
  const first = { ...FIRST_STATE, palette: host.palette(root) };
  const shown = { ...first, ...withDocument(first, document, true) };
  const store = createStore({ ...shown, ...withChanges(shown, state) });
  const tell = (name, detail) => root.dispatchEvent(new CustomEvent(`tconv-${name}`, { detail, bubbles: true }));
  const playing = createPlaying(store);
  const isFocusByPointer = watchFocus(root.ownerDocument, signal);
  const shared = { root, texts, store, host, signal, tell, isFocusByPointer };
  const copying = createCopying(shared);
  const lecture = createLecturing(shared);
  const context = { ...shared, copying, lecture, viewNames: VIEW_NAMES, play: playing.toggle };
  const { picture, draw } = createParts(context);
  Object.assign(context, { picture });

  listenToTracing(context);
  if (host.can("edit")) listenToEdits(context);
  listenToCopies(context);
  listenToAnswers(context);
  listenToReveals(context);
  listenToKeys(context);
  const stopTelling = tellEvents(context);
  const announce = createAnnouncement(context);
  store.subscribe((now, before) => {
    draw(now, before);
    announce(now);
    const { step, pin, isPresenting, isPlaying } = now;
    const isRemembered = isOtherwise(now, before, ["step", "pin", "isPresenting", "isPlaying"]) && !isPlaying;
    if (isRemembered) host.remember?.({ step, trace: pin, isPresenting });
  });
  watchSize(context);
  store.start();

  return {
    root,
    store,
    update({ document: next, isNew = false, ...changes }) {
      const patch = next && next !== store.state.document ? withDocument(store.state, next, isNew) : {};
      const now = { ...store.state, ...patch };
      store.set({ palette: host.palette(root), ...patch, ...withChanges(now, changes) });
    },
    dispose() {
      controller.abort();
      stopTelling();
      playing.stop();
      picture.dispose();
      root.remove();
    },
  };
}

function createRoot({ stage }) {
  const root = element("div", "tconv-stage");
  Object.assign(root.dataset, { testid: "stage", drawn: "0" });
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", stage.label);
  return root;
}

/** All parts, in the order in which they stand, and what draws them. */
function createParts(context) {
  const bar = createBar(context);
  const notes = createNotes(context);
  const picture = createPicture(context);
  const player = createPlayer(context);
  const example = createExample(context);
  const pinLine = createPinLine(context);
  const sentence = createSentence(context);
  const facts = createFacts(context);
  const lectureBar = createLectureBar(context);
  const panel = createPanel(context);
  const whatIf = createWhatIf(context);
  const help = createHelp(context);
  const gallery = createGallery(context);
  const bubble = createBubble({ ...context, picture });
  const spotlight = createSpotlight({ ...context, picture });
  const dialogs = [createPasting(context), createCopyBox(context), createSaid(context), createBlank(context)];
  if (context.lecture.isPossible) dialogs.push(createPlaylist(context));

  function draw(state, before) {
    const { root } = context;
    const scene = sceneOf(state);
    const isMasked = masked(state);
    root.dataset.theme = state.palette.name;
    root.classList.toggle("presenting", state.isPresenting);
    root.classList.toggle("bare", state.canPaint === false);
    bar(state, before);
    if (isOtherwise(state, before, ["document", "status", "canPaint", "closed"])) notes(state);
    example(state, before);
    facts(state, before);
    panel(state, before);
    whatIf(state, before);
    lectureBar(state);
    if (isOtherwise(state, before, LAYOUT)) picture.layOut(state);
    const colour = colourOf(state.document, state.palette, scene.trace ? scene.trace.pairs.map(({ q }) => q) : []);
    picture.draw(state, scene, marksOf(state, scene, colour), isMasked);
    if (isOtherwise(state, before, ["document", "step", "isPlaying", "speed", "hiding"])) player(state);
    pinLine(state, scene, isMasked);
    sentence(state, before, scene, colour, isMasked);
    help(state);
    gallery(state, before);
    bubble(state, before);
    spotlight(state);
    for (const dialog of dialogs) dialog(state, before);
  }
  return { picture, draw };
}

/** What may change the room for the picture, or the grids in it. */
const LAYOUT = ["document", "canPaint", "size", "isPresenting", "palette", "editing", "isLectureBarShown"];
const isOtherwise = (state, before, names) => before === null || names.some((name) => state[name] !== before[name]);

/** The marks and frames of what is traced, or null. */
function marksOf({ direction, palette }, scene, colour) {
  if (!scene.trace) return null;
  const marks = createMarks(scene, palette, colour);
  direction.marks[scene.trace.grid](marks, scene, scene.trace);
  return marks;
}

/** Says what is on screen in the root's data- attributes, once it is: after the frame in which it was painted. */
function createAnnouncement({ root, store, host, picture, signal }) {
  let frame = 0, plotly = null, said = "";
  signal.addEventListener("abort", () => cancelAnimationFrame(frame));

  function announce() {
    if (signal.aborted) return;
    const { document, step } = store.state;
    const traced = tracedName(store.state);
    Object.assign(root.dataset, { step: step ?? "all", trace: traced, window: document.sizes.window.join() });
    const now = [picture.version(), step, traced].join("|");
    if (now !== said) root.dataset.drawn = Number(root.dataset.drawn) + 1;
    said = now;
    // plotly.js takes the browser half a second to read: only once the numbers are on screen.
    plotly ??= host.loadPlotly().then(() => store.set({ canPaint: true }), () => store.set({ canPaint: false }));
  }
  return () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = announce;
      channel.port2.postMessage(0);
    });
  };
}

/** Lay out again when the stage or the window gets another size. */
function watchSize({ root, store, signal }) {
  let frame = 0;
  const onResize = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (!signal.aborted && root.clientWidth) store.set({ size: store.state.size + 1 });
    });
  };
  const observer = new ResizeObserver(onResize);
  observer.observe(root.parentElement);
  window.addEventListener("resize", onResize, { signal });
  signal.addEventListener("abort", () => observer.disconnect());
}
