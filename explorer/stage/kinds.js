// The kinds of grids. A kind says which cells a grid has (`role`), how they are named, and what stands in them.
// Where one grid holds another's cells with other numbers, as dX holds X's, it has that one's role and other values.

import { entryName, entriesOf, inputName, kernelName, outputName, spreadName } from "./links.js";
import { times } from "./geometry.js";

const plainNames = (count) => times(count, String);
const pairNames = (count, width) => times(count, (n) => `${Math.floor(n / width)},${n % width}`);
const inputNames = ({ document, inputCells }) => pairNames(inputCells, document.sizes.input[1]);
const outputNames = ({ document, outputCells }) => pairNames(outputCells, document.sizes.window[3]);

/** Rows and columns named by their indices. */
const plain = { rowNames: (_, grid) => plainNames(grid.rows), columnNames: (_, grid) => plainNames(grid.columns) };
/** Y's own indices beside its window; a row or column that is cropped has no name. */
const namesWithin = (all, first, count) =>
  times(all, (n) => (n >= first && n < first + count ? String(n - first) : ""));
const oneColumn = { columnNames: () => [""] };

/** The kernel between the shown channels; empty where they are of different groups. */
function weightOf({ document, channel }) {
  const [rows, columns] = document.sizes.kernel;
  return document.weight[channel] ?? times(rows * columns, () => null);
}

/** The largest number of that kernel: its colours, and its entries' in the matrix, are scaled by it alone. */
const boundOf = (scene) => Math.max(...weightOf(scene).map((value) => Math.abs(value ?? 0)));

/** `edits` names what a command changes; `editAt` is a cell's place in it, or null where the cell is none of it. */
const input = {
  ...plain,
  role: "input",
  channels: "ins",
  edits: "input",
  editAt: ({ channel }, row, column) => [channel, row, column],
  nameAt: ({ links, document, channel }, row, column) =>
    inputName(links, channel, row * document.sizes.input[1] + column),
  values: ({ document, channel }) => document.input[channel],
};

const kernel = {
  ...plain,
  role: "kernel",
  edits: "kernel",
  editAt: ({ document, channel }, row, column) => [channel, document.channels.block, row, column],
  boundOf,
  nameAt: ({ links, document, channel }, row, column) =>
    kernelName(links, channel, row * document.sizes.kernel[1] + column),
  values: weightOf,
};

const flipped = {
  role: "flipped",
  boundOf,
  rowNames: (_, grid) => plainNames(grid.rows).reverse(),
  columnNames: (_, grid) => plainNames(grid.columns).reverse(),
  nameAt({ links, document, channel }, row, column) {
    const [rows, columns] = document.sizes.kernel;
    return kernelName(links, channel, (rows - 1 - row) * columns + columns - 1 - column);
  },
  values: (scene) => weightOf(scene).toReversed(),
};

const output = {
  rowNames: ({ document: { sizes: { window: [top, , height] } } }, grid) => namesWithin(grid.rows, top, height),
  columnNames: ({ document: { sizes: { window: [, left, , width] } } }, grid) => namesWithin(grid.columns, left, width),
  role: "output",
  partOf: ({ sizes }) => sizes.window,
  channels: "outs",
  isCanvas: true,
  grows: true,
  nameAt: ({ links, document }, row, column) => outputName(links, row * document.sizes.canvas[1] + column),
  values: ({ canvas }) => canvas,
};

const zeroInserted = {
  ...plain,
  role: "zero_inserted",
  partOf: (document) => document.zero_inserted.window,
  nameAt: ({ links, document, channel }, row, column) =>
    spreadName(links, channel, row * document.zero_inserted.size[1] + column),
  values: ({ links, document, channel }) =>
    links.inputUnder.map((cell) => (cell < 0 ? 0 : document.input[channel][cell])),
};

const vecInput = {
  ...oneColumn,
  role: "vec_input",
  channels: "ins",
  rowNames: inputNames,
  nameAt: ({ links, channel }, row) => inputName(links, channel, row),
  values: input.values,
};

const vecOutput = {
  ...oneColumn,
  role: "vec_output",
  channels: "outs",
  grows: true,
  rowNames: outputNames,
  nameAt: ({ links }, row) => outputName(links, links.canvasOf[row]),
  values: ({ links, canvas }) => links.canvasOf.map((cell) => canvas[cell]),
};

/** The block of W that joins the shown channels; `at` is the flat cell of row and column. */
function matrix(role, at) {
  const cellsOf = ({ document, links, channel }) => (document.weight[channel] ? entriesOf(links) : []);
  return {
    role,
    isMatrix: true,
    boundOf,
    /** The cells that come from K, a 0 of K's included; all others stay without a number. */
    filledCells: (scene) => cellsOf(scene).map(({ row, column }) => at(scene.links, row, column)),
    values(scene) {
      const { links, document, channel } = scene;
      const dense = new Array(links.inputCells * links.outputCells).fill(0);
      for (const { row, column, q } of cellsOf(scene)) dense[at(links, row, column)] = document.weight[channel][q];
      return dense;
    },
  };
}

const W = {
  ...matrix("W", ({ outputCells }, row, column) => row * outputCells + column),
  rowNames: inputNames,
  columnNames: outputNames,
  nameAt: ({ links, channel }, row, column) => entryName(links, channel, row, column),
};

const WT = {
  ...matrix("WT", ({ inputCells }, row, column) => column * inputCells + row),
  rowNames: outputNames,
  columnNames: inputNames,
  nameAt: ({ links, channel }, row, column) => entryName(links, channel, column, row),
};

// ---- backward: the same cells hold gradients

/** dX as far as it is collected: step n collects input cell n. */
function collected({ document, links, channel, step }) {
  const done = step ?? Infinity;
  const first = channel * links.inputCells + 1;
  return document.gradient.result[channel].map((sum, cell) => (first + cell <= done ? sum : null));
}

const gradient = { ...input, edits: undefined, grows: true, values: collected };
const upstream = {
  ...output,
  grows: false,
  edits: "upstream",
  /** In output coordinates: what is cropped is no cell of dY. */
  editAt({ document: { channels, sizes: { window: [top, left, height, width] } } }, row, column) {
    const isInside = row >= top && row < top + height && column >= left && column < left + width;
    return isInside ? [channels.shown[1], row - top, column - left] : null;
  },
};
const vecGradient = { ...vecInput, grows: true, values: collected };
const vecUpstream = { ...vecOutput, grows: false };

export const kinds = {
  input, kernel, flipped, output, zeroInserted, vecInput, vecOutput, W, WT,
  gradient, upstream, vecGradient, vecUpstream,
};
