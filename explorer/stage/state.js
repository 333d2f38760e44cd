// The stage's state: what it holds, what follows from it, and the changes that several features make.

import { between } from "./geometry.js";
import { ALL_HIDDEN, hiddenCells, hidingAfter, NOTHING_HIDDEN } from "./hiding.js";
import { exists, followedName, readLinks, traceOf, usualName } from "./links.js";
import { NO_QUESTION, questionOf } from "./picking.js";
import { directionOf } from "./views/index.js";

/**
 * `step` null: all steps are done. `pin` and `hover` name cells; `focused` names the grid that the keyboard is in.
 * `status` is what the host says of its server; `canPaint`: null until plotly.js is there (true) or is not to be had,
 * or not yet: `awaitsPlotly`;
 * `closed` are the notices that somebody closed, until the next document or the host's next answer;
 * `playlist` is the list that is gone through and the place in it, see `playlist.js`; `ownLists` are one's own lists;
 * `said` is what is just said, {text}; `copyBox` a text to be copied by hand; `pasting` names the grid to paste into;
 * `mask` are the cells that the host hides, `hiding` is what the stage itself hides, see `hiding.js`;
 * `asking`, `picking` and `marked` are a question's, see `picking.js`; `cursor` is the cell that the keyboard is in
 * while cells are chosen; `below` are the px that the page needs below the stage; `link` is
 * the name that it shares with stages which show the same, see `hosts/linking.js`; `parts` names the parts that are
 * shown (null: all), `isCompact`: little room;
 * `hasLetGo`: the pinned cell is not there in this document, so it is free again; `size` counts the changes of the
 * stage's size.
 */
export const FIRST_STATE = {
  document: null,
  links: null,
  direction: null,
  status: { notices: [], refused: [], pending: [], history: [false, false], isUp: true, isWaiting: false },
  palette: null,
  step: null,
  pin: "",
  hover: "",
  mask: [],
  hiding: NOTHING_HIDDEN,
  ...NO_QUESTION,
  cursor: "",
  below: 0,
  link: "",
  parts: null,
  isCompact: false,
  isPlaying: false,
  speed: 1,
  isPresenting: false,
  focused: null,
  editing: null,
  canPaint: null,
  awaitsPlotly: false,
  isHelpOpen: false,
  isGalleryOpen: false,
  playlist: { id: "", place: -1 },
  ownLists: [],
  isPlaylistOpen: false,
  isLectureBarShown: true,
  isBlank: false,
  isSpotlit: false,
  isBubbleShown: false,
  isSumOpen: false,
  hasLetGo: false,
  closed: [],
  said: null,
  copyBox: null,
  pasting: null,
  isAfterwardsOpen: false,
  size: 0,
};

/** The cell that is traced: the pinned one, else the one pointed at. */
export const tracedName = ({ pin, hover }) => pin || hover;

/** All that is drawn follows from this: the document, and as which step, channel and trace it is seen. */
export function sceneOf(state) {
  const { document, links, direction, step } = state;
  const name = tracedName(state);
  const traced = name ? traceOf(links, name) : null;
  const stepped = step && !traced && !state.asking ? traceOf(links, direction.steps.cellName(links, step)) : null;
  const ofStep = step ? direction.steps.channelAt(links, step) : null;
  const channel = traced?.channel ?? ofStep ?? document.channels.shown[0];
  return { document, links, step, channel, traced, trace: traced ?? stepped };
}

/** The scene with the canvas as it stands at the step: what a grid's kind takes its values from. */
export function sceneWithCanvas(state) {
  const scene = sceneOf(state);
  const { canvas } = state.direction.steps.canvasAt(scene.links, scene.step);
  return { ...scene, canvas };
}

/** What the page has to say and nobody has closed, as keys of the stage's texts and the host's own sentences. */
export function noticesOf({ status, canPaint, awaitsPlotly, hasLetGo, closed }) {
  const plotly = canPaint === false ? [awaitsPlotly ? "late_plotly" : "no_plotly"] : [];
  const own = [...plotly, ...(hasLetGo ? ["let_go"] : [])].map((key) => ({ key }));
  const all = [...own, ...status.notices.map((text) => ({ text }))];
  return all.filter(({ key, text }) => !closed.includes(key ?? text));
}

/** Whether a cell is hidden until it is revealed, by the host or by the stage itself. */
export function masked(state) {
  const isAsked = asked(state), isHidden = hiddenCells(state);
  return isHidden ? (name) => isAsked(name) || isHidden(name) : isAsked;
}

/** Whether the host hides a cell and asks for what it holds: by its own name, or with its whole grid. */
export function asked({ mask }) {
  if (!mask.length) return () => false;
  const names = new Set(mask);
  return (name) => names.has(name) || names.has(name.split(":")[0]);
}

// ---- changes: each is a patch for the store
/** Stepping frees what is pinned: the picture is about the step then. */
export const stepTo = (step) => ({ step, isPlaying: false, pin: "", hover: "" });
export const stepBefore = ({ step, document }) => (step === null ? document.steps : Math.max(step - 1, 0));
export const stepAfter = ({ step, document }) => (step === null || step === document.steps ? null : step + 1);
/** What "what_if" takes to open what people believe, or to close it. */
export const whatIfTurned = ({ document }) => ({ name: document.what_if === null ? "any" : "" });
export const pinned = (name) => ({ pin: name, hover: "" });

/** A document in the place of another; `isNew`: it is a page of its own, whose step, trace and mode count. */
export function withDocument(state, document, isNew) {
  const links = readLinks(document);
  const next = { document, links, direction: directionOf(document), mask: document.mask };
  const isSameShape = state.document !== null && shapeOf(state.document) === shapeOf(document);
  const shown = isNew ? arrived(links) : {
    step: isSameShape ? state.step : null,
    pin: followedName(state.links, links, state.pin),
    hover: state.hover,
    isPlaying: state.isPlaying && isSameShape,
  };
  const hiding = isNew && document.hidden ? ALL_HIDDEN : hidingAfter(state, document);
  const now = { ...next, ...kept(links, shown), hiding };
  return { ...now, hasLetGo: !isNew && state.pin !== "" && now.pin === "", closed: [] };
}

const arrived = (links) => ({
  step: links.document.step,
  pin: links.document.trace && usualName(links, links.document.trace),
  hover: "",
  isPlaying: false,
  isPresenting: links.document.present,
  ...NO_QUESTION,
  cursor: "",
  isSumOpen: false,
  isBubbleShown: false,
});

/** A cell's name, empty where the document has no such cell. */
const ifThere = (links, name) => (name && exists(links, name) ? name : "");

/** What is still there in a document. */
function kept(links, shown) {
  const step = shown.step === null ? null : between(0, shown.step, links.document.steps);
  return { ...shown, step, pin: ifThere(links, shown.pin), hover: ifThere(links, shown.hover) };
}

export const closeNotice = ({ closed }, { key, text }) => ({ closed: [...closed, key ?? text] });
export const closeNotices = (state) => ({
  closed: [...state.closed, ...noticesOf(state).map(({ key, text }) => key ?? text)],
});

/** What somebody outside sets: the step and the pin only as far as the document has them. */
export function withChanges(now, { step, pin, hover, ...others }) {
  const { links, status } = now, last = links.document.steps;
  const isNews = others.status && others.status.answer !== status.answer;
  return {
    ...(isNews ? { closed: [] } : {}),
    ...others,
    ...(step === undefined ? {} : { step: step === null ? null : between(0, step, last) }),
    ...(pin === undefined ? {} : { pin: ifThere(links, usualName(links, pin)) }),
    ...(hover === undefined ? {} : { hover: ifThere(links, usualName(links, hover)) }),
    ...questionOf(others, links, now),
  };
}

/** While this is the same, a step means the same. */
const shapeOf = ({ view, direction, sizes, channels: { ins, outs, inputs } }) =>
  [view, direction, sizes.input, sizes.kernel, ins, outs, inputs.length].join();
