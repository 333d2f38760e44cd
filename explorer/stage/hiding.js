// The result hidden by whoever presents, so that a class is asked first: all of Y, or backward all of dX. A pure
// module.

import { inputName, outputName } from "./links.js";

/** Nothing is hidden. `isOn`: the result is hidden, all but the cells that are `revealed` by their names. */
export const NOTHING_HIDDEN = { isOn: false, revealed: [] };
export const ALL_HIDDEN = { isOn: true, revealed: [] };

/** The role of the cells that are the result. */
export const resultRole = ({ direction }) => (direction === "backward" ? "input" : "output");

/** Whether each cell, by its name, is hidden; null where nothing can be. */
export function hiddenCells({ hiding = NOTHING_HIDDEN, document }) {
  if (!hiding.isOn) return null;
  const revealed = new Set(hiding.revealed), beginning = `${resultRole(document)}:`;
  return (name) => name.startsWith(beginning) && !revealed.has(name);
}

/** Whether something is asked, by the page or as it is hidden: nothing else on the page may tell it then. */
export const isAsking = (state) => Boolean(state.asking) || isHiding(state);

/** Whether a cell of the result that is shown is still hidden. */
export function isHiding(state) {
  const { links, document } = state, isHidden = hiddenCells(state);
  return isHidden !== null && resultNames(links, document).some(isHidden);
}

/** The names of the result's cells; those that padding crops are none of them. */
function resultNames(links, document) {
  if (document.direction === "forward") return links.canvasOf.map((cell) => outputName(links, cell));
  return document.input.flatMap((values, channel) => values.map((_, cell) => inputName(links, channel, cell)));
}

/** Hide all of the result, or show all of it where any of it is hidden. */
export const withHidingTurned = (state) => ({ hiding: isHiding(state) ? NOTHING_HIDDEN : ALL_HIDDEN });

/** Show one cell of the result. */
export const withRevealed = ({ hiding }, name) => ({ hiding: { ...hiding, revealed: [...hiding.revealed, name] } });

/** What is hidden in the next document: what was revealed is asked anew as soon as the result is another one. */
export function hidingAfter({ hiding = NOTHING_HIDDEN, document: before }, next) {
  const isSame = before && JSON.stringify(resultOf(before)) === JSON.stringify(resultOf(next));
  return isSame || !hiding.revealed.length ? hiding : { ...hiding, revealed: [] };
}

const resultOf = ({ direction, channels, sizes, output, gradient }) =>
  [direction, channels.shown[1], sizes.window, gradient?.result ?? output];
