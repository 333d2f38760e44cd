// One dimension: rows under one another over a common axis of columns, so that a stamp is seen to fall. Each input cell
// stands over the column where its stamp begins, and K over the columns where it lands.

import { between, READABLE } from "./geometry.js";

const SIGN = 44, NAMES = 36, HEAD = 64, TABS = 38, TABLE = 60; // px beside the rows, and above the cells of one
const LEAST = 9, LARGEST_READABLE = 30; // px of a cell: a longer row scrolls

/** Whether a document is shown so: X and K are of one row, and not a single cell. */
export const isLine = ({ sizes: { input, kernel } }, { forms }) =>
  forms.lines !== undefined && input[0] === 1 && kernel[0] === 1 && input[1] * kernel[1] > 1;

/** {form, cells: {width, height, across} by role, startOf(role, scene): px from the left}. */
export function arrangeLine(document, direction, room) {
  const axis = axisOf(document), columns = columnsOf(document, direction);
  const roles = Object.keys(columns);
  const left = Math.min(...roles.map((role) => axis[role].start));
  const endOf = (role) => axis[role].start + (columns[role] - 1) * axis[role].across + 1;
  const across = Math.max(...roles.map(endOf), axis.end) - left;
  const byHeight = (room.height - heightOf(document, direction, roles.length)) / roles.length;
  const cell = Math.floor(between(LEAST, Math.min((room.width - SIGN - NAMES) / across, byHeight), room.largest));
  const cells = Object.fromEntries(roles.map((role) => [role, sizeOf(cell, axis[role].across)]));
  const startOf = (role, scene) => {
    const start = axis[role].slides ? axis[role].slides(scene) : axis[role].start;
    return (start - left) * cell - (cells[role].width - cell) / 2;
  };
  return { form: "lines", cells, excerpt: null, startOf };
}

/** px above all cells together. */
function heightOf({ channels, thumbnails }, { hasTabs, hasBlocks }, count) {
  const tabs = hasTabs ? [channels.ins, channels.outs].filter((one) => one > 1).length : 0;
  return HEAD * count + TABS * tabs + (hasBlocks && thumbnails ? TABLE + 30 * channels.ins : 0);
}

/** A cell that has no number where all are of one size is as wide as its distance to the next allows. */
function sizeOf(cell, across) {
  const own = cell >= READABLE ? cell : between(cell, across * cell - 2, LARGEST_READABLE);
  return { width: own, height: own, across: across * cell };
}

const columnsOf = ({ grids }, direction) =>
  Object.fromEntries(Object.entries(grids).map(([name, { columns }]) => [direction.grids[name].role, columns]));

/** By role: the column where its row begins, and how many columns its cells are apart. `slides` says where K stands. */
function axisOf(document) {
  const { landing, zero_inserted: spread, sizes } = document;
  const first = landing.columns.map(([column]) => column);
  const stride = step(first), dilation = step(landing.columns[0]);
  if (spread) return gatherAxis(document, stride, dilation);
  const cellOf = ({ trace }) => trace?.cell ?? trace?.pairs[0]?.cell ?? 0;
  return {
    input: { start: first[0], across: stride },
    kernel: { start: first[0], across: dilation, slides: (scene) => first[cellOf(scene)] },
    output: { start: 0, across: 1 },
    end: sizes.canvas[1],
  };
}

/** Y stands under the middle of its window over the zero-inserted X, under which K flipped slides. */
function gatherAxis({ zero_inserted: spread, windows, sizes }, stride, dilation) {
  const [, firstKept, , width] = sizes.window, reach = dilation * (sizes.kernel[1] - 1);
  const origin = originOf(windows.columns, sizes.kernel[1], dilation);
  const canvasOf = ({ trace }) => (trace?.grid === "output" ? trace.canvas : firstKept);
  return {
    input: { start: spread.columns[0], across: stride },
    kernel: { start: 0, across: 1 },
    zero_inserted: { start: 0, across: 1 },
    flipped: { start: origin + firstKept, across: dilation, slides: (scene) => origin + canvasOf(scene) },
    output: { start: origin + reach / 2, across: 1 },
    end: origin + firstKept + width + reach,
  };
}

/** The zero-inserted column, perhaps left of the first, where the window of canvas column 0 begins. */
function originOf(windows, count, dilation) {
  for (const [canvas, columns] of windows.entries())
    for (const [q, column] of columns.entries()) if (column >= 0) return column - (count - 1 - q) * dilation - canvas;
  return 0;
}

/** From one column to the next. */
const step = ([first, second]) => (second === undefined ? 1 : second - first);
