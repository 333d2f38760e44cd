// What the views' arrangements share: how much room a grid takes besides its cells, in px.

import { between, READABLE } from "../geometry.js";

/** Row names and margin beside a grid; an operator between two grids; a title in two lines. */
export const NAMES = 36;
export const SIGN = 58;
export const TITLE = 150;
/** What says that there are other channels to add. */
export const REST = 64;
/** Title and column names above a grid; the same with the tabs of its channels. */
export const HEAD = 54;
export const HEAD_WITH_TABS = 92;
/** Below this width grids stand one below the other, and the page scrolls. */
export const PHONE = 620;

const TAB = 44, BLOCK = 32, BLOCK_ROW = 30, BLOCKS_HEAD = 24;
const INPUT_TITLE = 150, KERNEL_TITLE = 165;
const SMALLEST_CELL = 1;

/** Rows and columns of the shown grids, by role; X stands for dX too, Y for dY. */
export function partsOf({ grids }, direction) {
  const shown = Object.entries(direction.grids).filter(([name]) => grids[name]);
  return Object.fromEntries(shown.map(([name, kind]) => [kind.role, grids[name]]));
}

/** How many more channels the shown product is summed over: alone it is only a part of the sum. */
export const restOf = ({ gradient, channels }) => (gradient ? gradient.others : channels.inputs.length - 1);

/** px above the cells of X, K and Y, and px across each of them at a cell size. */
export function chromeOf({ channels, thumbnails }, { input, kernel, output }, { hasTabs, hasBlocks }) {
  const tabs = (count) => (hasTabs && count > 1 ? TAB * count : 0);
  const hasTable = hasBlocks && thumbnails !== null;
  return {
    aboveInput: tabs(channels.ins) ? HEAD_WITH_TABS : HEAD,
    aboveKernel: hasTable ? HEAD + BLOCKS_HEAD + BLOCK_ROW * channels.ins : HEAD,
    aboveOutput: tabs(channels.outs) ? HEAD_WITH_TABS : HEAD,
    inputWidth: (cell) => Math.max(cell * input.columns, INPUT_TITLE, tabs(channels.ins)),
    kernelWidth: (cell) => Math.max(cell * kernel.columns, KERNEL_TITLE, hasTable ? BLOCK * (channels.outs + 1) : 0),
    outputWidth: (cell) => Math.max(cell * output.columns, tabs(channels.outs)),
  };
}

/** The largest whole cell size within all bounds, but at least `low` and at most `high` px. */
export const cellWithin = (low, high, ...bounds) =>
  Math.floor(between(Math.max(low, SMALLEST_CELL), Math.min(...bounds), high));

/** A score for cells that are large enough for numbers. */
export const bonus = (points, cell) => (cell >= READABLE ? points : 0);

/** The candidate with the highest score. */
export const bestOf = (candidates) =>
  candidates.reduce((best, one) => (best === null || one.score > best.score ? one : best), null);

/** `from`, `from − 2`, … down to `to`. */
export function downFrom(from, to) {
  const sizes = [];
  for (let size = from; size >= to; size -= 2) sizes.push(size);
  return sizes;
}
