// Matrix: Wᵀ·vec(X) = vec(Y), and backward W·vec(dY) = vec(dX).

import { between, overviewBlock } from "../geometry.js";
import { kinds } from "../kinds.js";
import { stampMarks } from "../marks.js";
import { stampSteps } from "../steps.js";
import { stampWords } from "../words.js";
import {
  bestOf,
  bonus,
  cellWithin,
  chromeOf,
  downFrom,
  HEAD,
  NAMES,
  partsOf,
  PHONE,
  REST,
  restOf,
  SIGN,
} from "./arranging.js";
import { gradients } from "./gradients.js";

const PHONE_WITH_CHANNELS = 860, LARGEST_VECTOR = 36, LARGEST_ON_A_PHONE = 44, PHONE_ROOM = 460;
const OVERVIEW_NAMES = 44, OVERVIEW_GAP = 8;
const TITLES = 72, MARGIN = 30, LEAST_SIDE = 360, LEAST_SHARE = 120;

/** px of the largest cell where so many grids share a picture. */
const largestCell = (height) => Math.round(between(44, height / 14, 76));
/** px across all blocks in small. */
function overviewWidth({ thumbnails, channels }, isUpright) {
  if (!thumbnails) return 0;
  const across = isUpright ? channels.outs : channels.ins;
  return OVERVIEW_NAMES + across * (overviewBlock(across, isUpright) + OVERVIEW_GAP);
}

/**
 * The matrix and its vectors at the left, X, K and Y at the right, and W below those where it is shown besides Wᵀ; or
 * all in one column.
 */
function arrangeMatrix(document, direction, room) {
  const parts = partsOf(document, direction);
  const grids = {
    parts,
    main: parts.WT ?? parts.W,
    second: parts.WT ? parts.W : undefined, // W, beside Wᵀ
    chrome: chromeOf(document, parts, direction),
    hasChannels: document.thumbnails !== null,
  };
  const isPhone = room.width < (grids.hasChannels ? PHONE_WITH_CHANNELS : PHONE);
  const wide = isPhone ? null : arrangeWide(grids, document, room);
  return wide ?? arrangePhone(grids, room);
}

/** The best of all sizes of the matrix's cells, or null. */
function arrangeWide(grids, document, room) {
  const { parts, main } = grids;
  const free = room.width - overviewWidth(document, !parts.WT) - SIGN - MARGIN - (restOf(document) ? REST : 0);
  const share = Math.max(Math.min(free * 0.55, free - LEAST_SIDE), LEAST_SHARE);
  const byWidth = (share - NAMES) / main.columns;
  const byHeight = (room.height - TITLES) / Math.max(main.rows, main.columns);
  const largest = Math.max(cellWithin(1, largestCell(room.height), byWidth, byHeight), 3); // a larger matrix scrolls
  const sizes = downFrom(largest, Math.min(largest, 14));
  return bestOf(sizes.flatMap((vector) => wideCandidate(grids, free, share, room.height, vector)));
}

/** The arrangement with cells of `vector` px in the matrix, which has at most `share` of the `free` px; [] if none. */
function wideCandidate(grids, free, share, height, vector) {
  const { main, second, hasChannels } = grids;
  const leastWidth = hasChannels ? 150 : 90; // a title may be wider than its cells
  const mainWidth = between(leastWidth, vector * main.columns + NAMES, share);
  const left = free - mainWidth;
  const width = left - 2 * Math.max(vector + NAMES, 64);
  const beside = arrangeSide(grids, { width, widthOfCells: left - 2 * (vector + NAMES), height });
  if (beside === null) return [];
  return [
    {
      arrangement: beside.arrangement,
      score: beside.score + 0.8 * vector + bonus(4, vector),
      share: mainWidth + 14,
      room: height - 44,
      cells: { W: vector, ...beside.cells, ...vectorCells(vector, second) },
    },
  ];
}

const vectorCells = (cell, second) => ({
  WT: cell,
  vec_input: cell,
  vec_output: cell,
  ...(second ? {} : { W: cell }),
});

/** X, K and Y in one of three arrangements, and W below them; null where their cells are too wide for each of these. */
function arrangeSide(grids, { width, widthOfCells, height }) {
  const { second, hasChannels } = grids;
  const share = hasChannels ? 0.26 : 0.34;
  const cellOfW = second
    ? cellWithin(3, LARGEST_VECTOR, (width - NAMES) / second.columns, (height * share - HEAD) / second.rows)
    : 0;
  const highW = second ? Math.min(cellOfW * second.rows, height * 0.24) + HEAD : 0;
  const side = { width, widthOfCells, room: height - highW, cellOfW, largest: largestCell(height) + 4 };
  const candidates = (small) =>
    sideLayouts(grids, side, small).flatMap((layout) => sideCandidate(grids, side, small, layout));
  return bestOf(downFrom(largestCell(height), 2).flatMap(candidates));
}

/**
 * How X, K and Y may stand, with cells of `small` px in X and K. X and K take `taken` px across (`cellsWide` without
 * their titles) and `high` px down; `freeWidth` and `freeHeight` are left for Y's cells; `isStacked`: Y is below.
 */
function sideLayouts({ parts: { input, kernel }, chrome }, { width, room }, small) {
  const wideX = chrome.inputWidth(small) + NAMES;
  const wideK = chrome.kernelWidth(small) + NAMES;
  const cellsX = small * input.columns + NAMES;
  const cellsK = small * kernel.columns + NAMES;
  const highX = small * input.rows + chrome.aboveInput;
  const highK = small * kernel.rows + HEAD;
  const inColumn = { taken: Math.max(wideX, wideK), cellsWide: Math.max(cellsX, cellsK), high: highX + highK };
  return [
    {
      arrangement: "matrix",
      isStacked: true,
      taken: wideX + wideK + 24,
      cellsWide: cellsX + cellsK + 24,
      high: Math.max(highX, highK),
      freeWidth: width - NAMES,
      freeHeight: room - Math.max(highX, highK) - chrome.aboveOutput,
    },
    {
      arrangement: "matrix beside",
      isStacked: false,
      ...inColumn,
      freeWidth: width - inColumn.taken - NAMES - 16,
      freeHeight: room - chrome.aboveOutput,
    },
    {
      arrangement: "matrix column",
      isStacked: true,
      ...inColumn,
      freeWidth: width - NAMES,
      freeHeight: room - highX - highK - chrome.aboveOutput,
    },
  ];
}

/** A layout with the largest cells of Y that it has room for, and its score; [] where the cells are too wide. */
function sideCandidate({ parts: { output }, chrome }, { width, widthOfCells, room, cellOfW, largest }, small, layout) {
  const { arrangement, isStacked, taken, cellsWide, high, freeWidth, freeHeight } = layout;
  const cell = cellWithin(1, largest, freeWidth / output.columns, freeHeight / output.rows);
  const wideY = cell * output.columns + NAMES;
  const allCellsWide = isStacked ? Math.max(cellsWide, wideY) : cellsWide + wideY + 16;
  if (allCellsWide > widthOfCells) return []; // titles may wrap, cells do not
  const highY = cell * output.rows + chrome.aboveOutput;
  const needed = isStacked ? high + highY : Math.max(high, highY);
  const overAcross = Math.max(taken - width, 0) + Math.max(chrome.outputWidth(cell) - freeWidth, 0);
  const over = overAcross + Math.max(needed - room - 8, 0);
  const tooSmall = (small < 10 ? 40 : 0) + (cell < 3 ? 40 : 0);
  const size = cell + Math.min(small, cell * 1.1) + cellOfW * 0.5;
  const score = size + bonus(14, small) + bonus(8, cell) - over - tooSmall; // numbers to read and to edit
  const cells = { input: small, kernel: small, output: cell, ...(cellOfW ? { W: cellOfW } : {}) };
  return [{ arrangement, score, cells }];
}

function arrangePhone({ parts: { input, kernel, output }, main, second }, { width }) {
  const small = cellWithin(1, LARGEST_ON_A_PHONE, (width - 2 * NAMES) / (input.columns + kernel.columns));
  const vector = cellWithin(3, LARGEST_VECTOR, (width - 3 * NAMES - 2 * SIGN) / (main.columns + 2));
  const large = cellWithin(1, LARGEST_ON_A_PHONE, (width - NAMES) / output.columns);
  const cells = { input: small, kernel: small, output: large };
  if (second) cells.W = cellWithin(3, LARGEST_VECTOR, (width - NAMES) / second.columns);
  return { arrangement: "matrix tall", room: PHONE_ROOM, cells: { ...cells, ...vectorCells(vector, second) } };
}

/** `overview` and `rest(count)` are nodes of the picture: all blocks in small, and how many more there are. */
function placeForward({ grid, sign, pair, side, overview, rest, document }) {
  const second = document.grids.W ? [grid("W")] : [];
  const beside = side(pair(grid("input"), grid("kernel")), grid("output"), ...second);
  const product = [grid("WT"), sign("·"), grid("vec_input"), ...rest(restOf(document))];
  return [...overview("WT"), ...product, sign("="), grid("vec_output"), beside];
}

function placeBackward({ grid, sign, pair, side, overview, rest, document }) {
  const beside = side(pair(grid("gradient"), grid("kernel")), grid("upstream"));
  const product = [grid("W"), sign("·"), grid("vec_upstream"), ...rest(restOf(document))];
  return [...overview("W"), ...product, sign("="), grid("vec_gradient"), beside];
}

export const matrix = {
  name: "matrix",
  forward: {
    modes: ["matrix"],
    letters: { input: "X", output: "Y" },
    grids: {
      input: kinds.input, kernel: kinds.kernel, output: kinds.output,
      WT: kinds.WT, W: kinds.W, vec_input: kinds.vecInput, vec_output: kinds.vecOutput,
    },
    steps: stampSteps,
    marks: stampMarks,
    words: stampWords,
    namesChannels: true, // each title says which channel it shows
    arrange: arrangeMatrix,
    place: placeForward,
  },
  backward: {
    ...gradients,
    modes: ["matrix_backward", "backward"],
    grids: { ...gradients.grids, W: kinds.W, vec_upstream: kinds.vecUpstream, vec_gradient: kinds.vecGradient },
    namesChannels: true,
    arrange: arrangeMatrix,
    place: placeBackward,
  },
};
