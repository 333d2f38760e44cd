// The stage: draws a document, plays it, links its grids and takes edits, on any page. It computes nothing.

import { createAnnouncement } from "./announcing.js";
import { createContrast } from "./contrast.js";
import { element } from "./dom.js";
import { listenToAnswers } from "./features/answering.js";
import { createCopying, listenToCopies } from "./features/copying.js";
import { listenToCovering } from "./features/covering.js";
import { listenToEdits } from "./features/editing.js";
import { tellEvents } from "./features/events.js";
import { listenToReveals } from "./features/hiding.js";
import { listenToKeys } from "./features/keys.js";
import { createLecturing } from "./features/lecturing.js";
import { listenToPicks } from "./features/picking.js";
import { createPlaying } from "./features/playing.js";
import { listenToTracing } from "./features/tracing.js";
import { isHiding } from "./hiding.js";
import { colourOf, createMarks } from "./marks.js";
import { createAfterwards } from "./parts/afterwards.js";
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
import { quiet } from "./picking.js";
import { FIRST_STATE, masked, sceneOf, withChanges, withDocument } from "./state.js";
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
 *   contrast            the colours of more contrast, for who wants them (optional)
 *   loadPlotly()        a promise of plotly.js
 *   link(), remember({step, trace, isPresenting, isHidden})   the address, where the page has one of its own (optional)
 *   height()            px for the stage, where that is not what is left of the window (optional)
 *   examples            {group: names}: the examples that can be asked for by "preset" (optional)
 *   visit(search)       ask for the page of another address; then `lectures`, {group: {name: address}}, are the
 *                       examples as playlists, and `addressNames` the parameters of an address (optional)
 *   fills               {input, kernel, upstream}: the fills that can be asked for (optional)
 *   sharesKeys()        whether the stage's keys work while another control of the page has the focus (optional)
 *   isCourse            whether the page has text and keys of its own beside the stage (optional)
 *
 * Returns `update(changes)` and `dispose()`. Changes are {document, isNew} (a page of its own: its step and trace
 * count), `status`, and what a lesson sets: `step`, `pin`, `hover`, `mask`, `isPlaying`, `isPresenting`, `asking`,
 * `picking`, `marked` (see picking.js), `below`, `parts`, `isCompact`, `link` (see state.js). The element's event
 * `tconv-update` does that with its `detail`. What happens on the stage is told by events, see `features/events.js`.
 */
export function mount(parent, { document, texts, host, state = {} }) {
  const root = parent.appendChild(createRoot(texts));
  const controller = new AbortController();
  const { signal } = controller;
  const contrast = createContrast({ root, host, signal });
  const first = { ...FIRST_STATE, palette: contrast.palette() };
  const shown = { ...first, ...withDocument(first, document, true) };
  const store = createStore({ ...shown, ...withChanges(shown, state) }, quiet);
  const tell = (name, detail) => root.dispatchEvent(new CustomEvent(`tconv-${name}`, { detail, bubbles: true }));
  const playing = createPlaying(store);
  const drawContrast = () => store.set({ palette: contrast.palette() });
  contrast.follow(drawContrast);
  const turnContrast = contrast.isPossible && (() => {
    contrast.turn();
    drawContrast();
  });
  const isFocusByPointer = watchFocus(root.ownerDocument, signal);
  const shared = { root, texts, store, host, signal, tell, isFocusByPointer, turnContrast };
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
  listenToPicks(context);
  listenToKeys(context);
  listenToCovering(context);
  const stopTelling = tellEvents(context);
  const announce = createAnnouncement(context);
  store.subscribe((now, before) => {
    draw(now, before);
    announce(now);
    const { step, pin, isPresenting, isPlaying } = now;
    const isRemembered = isOtherwise(now, before, REMEMBERED) && !isPlaying;
    if (isRemembered) host.remember?.({ step, trace: pin, isPresenting, isHidden: isHiding(now) });
  });
  watchSize(context);
  store.start();

  function update({ document: next, isNew = false, ...changes }) {
    const patch = next && next !== store.state.document ? withDocument(store.state, next, isNew) : {};
    const now = { ...store.state, ...patch };
    store.set({ palette: contrast.palette(), ...patch, ...withChanges(now, changes) });
  }
  root.addEventListener("tconv-update", ({ detail }) => update(detail), { signal });

  return {
    root,
    store,
    update,
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
  const afterwards = createAfterwards({ ...context, picture });
  const spotlight = createSpotlight({ ...context, picture });
  const dialogs = [createPasting(context), createCopyBox(context), createSaid(context), createBlank(context)];
  if (context.lecture.isPossible) dialogs.push(createPlaylist(context));

  function draw(state, before) {
    const { root } = context;
    const scene = sceneOf(state);
    const isMasked = masked(state);
    root.dataset.theme = state.palette.name;
    for (const [name, isOn] of Object.entries(classesOf(state, context.host))) root.classList.toggle(name, isOn);
    root.dataset.link = state.link;
    if (state.parts !== before?.parts) showParts(root, state.parts);
    bar(state, before);
    if (isOtherwise(state, before, ["document", "status", "canPaint", "awaitsPlotly", "closed"])) notes(state);
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
    afterwards(state, before);
    for (const dialog of dialogs) dialog(state, before);
  }
  return { picture, draw };
}

const classesOf = ({ isPresenting, canPaint, asking, isCompact }, host) => ({
  presenting: isPresenting,
  bare: canPaint === false,
  asking: Boolean(asking),
  compact: isCompact,
  course: host.isCourse === true,
});

/** Show these parts of those that a page may leave out; null: all of them. */
function showParts(root, parts) {
  for (const node of root.querySelectorAll(":scope > :is(.bar, .player, .example, .pin-line, .sentence, .facts)")) {
    const name = node.classList.contains("pin-line") ? "sentence" : node.classList[0];
    node.classList.toggle("left-out", parts !== null && !parts.includes(name));
  }
}

/** What the address says of the stage itself. */
const REMEMBERED = ["step", "pin", "isPresenting", "isPlaying", "hiding"];
/** What may change the room for the picture, or the grids in it. */
const LAYOUT = ["document", "canPaint", "size", "isPresenting", "palette", "editing", "isLectureBarShown",
  "asking", "picking", "below", "isCompact", "parts", "link"];
const isOtherwise = (state, before, names) => before === null || names.some((name) => state[name] !== before[name]);

/** The marks and frames of what is traced, or null. */
function marksOf({ direction, palette }, scene, colour) {
  if (!scene.trace) return null;
  const marks = createMarks(scene, palette, colour);
  direction.marks[scene.trace.grid](marks, scene, scene.trace);
  return marks;
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
