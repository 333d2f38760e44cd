// How much room a grid takes with its title, its tabs and the names of its rows and columns, in px.

import { nameFont } from "./fonts.js";
import { overviewBlock, overviewHeight } from "./geometry.js";

const NAMES = 36, HEAD = 44, LINE = 20, TABS = 38; // beside the cells; above their names: title, one more line, tabs
const TAB = 44, BLOCK = 32, BLOCK_ROW = 30, BLOCKS_HEAD = 24;
const VECTOR = 30, VECTOR_WITH_CHANNEL = 56; // "vec(X)", "vec(X[0])"
const SHORT_HEAD = 28, SHORT_TITLE = 84; // where the titles are short
const TITLES = { input: 160, kernel: 176, flipped: 96, vec_input: VECTOR, vec_output: VECTOR, W: 60, WT: 60 };
const TITLE = 150, LONG_TITLE = 190, WRAPPED_TITLE = 86;
const OVERVIEW_NAMES = 52, OVERVIEW_GAP = 8;
const MAP_NAMES = 8, MAP_HEAD = 60, MAP_VECTOR = 8, MAP_SIDES = [84, 180], MAP_SIDES_WITH_BLOCKS = [40, 70];

/** px across what stands for the rest of a sum. */
export const REST = 60;
export const REST_ON_A_PHONE = 40;

/** px above the cells of a size: a title and the names of the columns. */
const headOf = (cell) => HEAD + Math.ceil(nameFont(cell) * 1.1);

/** For each grid a function from the size of its cells to {width, height}. */
export function boxesOf(document, direction, isPhone, isCompact = false) {
  const shown = Object.entries(direction.grids).filter(([name]) => document.grids[name]);
  const room = { isPhone, isCompact };
  return Object.fromEntries(shown.map(([name, kind]) => [name, boxOf(document, direction, room, name, kind)]));
}

function boxOf({ channels, thumbnails, grids, sizes }, direction, room, name, kind) {
  const { role, channels: side, isCanvas } = kind;
  const { isPhone, isCompact } = room, isShort = isCompact && ["input", "kernel", "output"].includes(role);
  const { hasTabs, hasBlocks, isTight } = direction;
  const tabs = hasTabs && channels[side] > 1 ? channels[side] : 0;
  const hasTable = hasBlocks && role === "kernel" && thumbnails !== null;
  const [, , height, width] = sizes.window;
  // "Full canvas …, cropped to output Y"
  const isLong = isCanvas && (sizes.canvas[0] !== height || sizes.canvas[1] !== width);
  const wraps = isPhone || (isTight && (role === "input" || role === "kernel"));
  const lines = !isShort && (isLong || role === "zero_inserted" || wraps) ? 1 : 0;
  const more = LINE * lines + (tabs ? TABS : 0) + (hasTable ? BLOCKS_HEAD + BLOCK_ROW * channels.ins : 0);
  const line = TITLES[role] ?? (isLong ? LONG_TITLE : TITLE), title = wraps ? Math.min(line, WRAPPED_TITLE) : line;
  const head = isShort ? SHORT_HEAD - HEAD : 0;
  const least = Math.max(isShort ? SHORT_TITLE : title, TAB * tabs, hasTable ? BLOCK * (channels.outs + 1) : 0);
  const { rows, columns } = grids[name];
  return (cell) => (typeof cell === "number"
    ? { width: Math.max(cell * columns, least) + NAMES, height: cell * rows + headOf(cell) + head + more }
    : { width: cell.width * columns + MAP_NAMES, height: cell.height * rows + (columns > 1 ? MAP_HEAD : 0) });
}

/** The same without titles. */
export const bareBoxesOf = ({ grids }) =>
  Object.fromEntries(Object.entries(grids).map(([name, { rows, columns }]) => [name, (cell) => {
    const { width = cell, height = cell } = cell;
    return { width: width * columns + NAMES, height: height * rows + NAMES };
  }]));

/** The excerpt of the matrix (place 0), of its vector (1) and of the product (2). */
export function excerptBox({ cell, rows, columns }, place, isChannelNamed) {
  const [down, across] = [[rows, columns], [columns, 1], [rows, 1]][place];
  const vector = isChannelNamed ? VECTOR_WITH_CHANNEL : VECTOR, least = place === 0 ? TITLES.W : vector;
  const above = headOf(cell) + (place === 0 ? 2 * LINE : 0);
  return { width: Math.max(cell * across, least) + NAMES, height: cell * down + above };
}

/** The cells of a matrix and its vectors where all of them are a map: {width, height} by role. */
export function mapCells({ grids, thumbnails }) {
  const { rows, columns } = grids.WT ?? { rows: grids.W.columns, columns: grids.W.rows };
  const [inputs, outputs] = thumbnails ? MAP_SIDES_WITH_BLOCKS : MAP_SIDES;
  const input = inputs / columns, output = outputs / rows;
  return {
    WT: { width: input, height: output },
    W: { width: output, height: input },
    vec_input: { width: MAP_VECTOR, height: input },
    vec_output: { width: MAP_VECTOR, height: output },
  };
}

/** All blocks of the matrix in small. */
export function overviewBox({ channels: { ins, outs } }, isUpright) {
  const [across, down] = isUpright ? [outs, ins] : [ins, outs];
  return {
    width: OVERVIEW_NAMES + across * (overviewBlock(across, isUpright) + OVERVIEW_GAP),
    height: headOf(0) + down * (overviewHeight(down) + OVERVIEW_GAP),
  };
}
