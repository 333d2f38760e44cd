// Cells that are chosen as an answer, and a question that is open: then the stage itself must tell nothing. A pure
// module.

import { exists, parseName } from "./links.js";

/** No question is open, nothing is chosen, and nothing is marked as right or wrong. */
export const NO_QUESTION = { asking: false, picking: null, marked: null };

/** How cells are marked: by the class of their frame. One that was chosen is chosen, right or wrong. */
const KINDS = ["chosen", "missed", "wrong", "right"];

/**
 * What a page sets, as the state holds it. `asking`: a question is open; "size": its answer is the result's size.
 * `picking`: {grid, chosen, isOpen}, cells of "input", "kernel", "W" or "output" are chosen, by their names.
 * `marked`: {right, wrong, missed}, lists of names. Whoever plays an answer has closed the question.
 */
export function questionOf({ asking, picking, marked, isPlaying }, links, now) {
  const ends = isPlaying === true, open = picking === undefined ? now.picking : picking;
  const patch = {};
  if (asking !== undefined || ends) patch.asking = asking ?? false;
  if (picking !== undefined || (ends && open)) patch.picking = open && pickingOf(open, links, ends);
  if (marked !== undefined) patch.marked = marked;
  return patch;
}

function pickingOf({ grid, chosen = [], isOpen = true }, links, isOver) {
  const own = chosen.filter((name) => parseName(name).grid === grid && exists(links, name));
  return { grid, chosen: [...new Set(own)], isOpen: isOpen && !isOver };
}

/**
 * The state while a question is open: nothing is traced, played or edited, and no step is made, as each would tell.
 * `before` is the state that this one follows, or null.
 */
export function quiet(state, before) {
  if (!state.asking) return state;
  const isSame = before?.asking && before.document === state.document;
  const step = isSame ? before.step : state.step;
  return { ...state, pin: "", hover: "", editing: null, isPlaying: false, isSumOpen: false, step };
}

/** Whether the numbers of a grid stay as they are now: a key or a click chooses there. */
export const isFixed = ({ asking, picking, marked }) => Boolean(asking) || picking !== null || marked !== null;

/** Whether a cell can be chosen, or no longer chosen. */
export const isPickable = ({ picking }, name) => picking?.isOpen === true && parseName(name).grid === picking.grid;

/** Choose a cell, or no longer. */
export function withToggled({ picking }, name) {
  const { chosen } = picking, isChosen = chosen.includes(name);
  return { picking: { ...picking, chosen: isChosen ? chosen.filter((one) => one !== name) : [...chosen, name] } };
}

/** How each cell is marked, by its name: one of KINDS. */
export function pickedKinds({ picking, marked }) {
  const lists = { chosen: picking?.chosen ?? [], ...marked };
  return new Map(KINDS.flatMap((kind) => (lists[kind] ?? []).map((name) => [name, kind])));
}
