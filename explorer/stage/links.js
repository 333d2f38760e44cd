// Which cells belong together, looked up in a document's tables. Every number and every link comes from Python.

/** A document's tables, and what follows from reading them the other way round. Made once for each document. */
export function readLinks(document) {
  const { input: [height, width], canvas: [canvasHeight, canvasWidth], window, kernel } = document.sizes;
  const [top, left, outputHeight, outputWidth] = window;
  const stamps = tableOfCells(document.landing, canvasWidth);
  const columnOf = new Array(canvasHeight * canvasWidth).fill(-1);
  const canvasOf = [];
  for (let row = top; row < top + outputHeight; row++)
    for (let column = left; column < left + outputWidth; column++) {
      columnOf[row * canvasWidth + column] = canvasOf.length;
      canvasOf.push(row * canvasWidth + column);
    }
  const landed = columnOf.map(() => []);
  stamps.forEach((cells, cell) => cells.forEach((canvas, q) => landed[canvas].push({ cell, q })));
  return {
    document,
    stamps, // [input cell][kernel cell] → canvas cell
    landed, // [canvas cell] → the input and kernel cells that land there
    columnOf, // [canvas cell] → output cell, −1 where it is cropped
    canvasOf, // [output cell] → canvas cell
    inputCells: height * width,
    outputCells: canvasOf.length,
    inputAt: (cell) => [Math.floor(cell / width), cell % width],
    kernelAt: (q) => [Math.floor(q / kernel[1]), q % kernel[1]],
    canvasAt: (canvas) => [Math.floor(canvas / canvasWidth), canvas % canvasWidth],
    ...readZeroInserted(document.zero_inserted),
  };
}

/** [cell][kernel cell] of a table of rows and one of columns; −1 in either is −1. */
function tableOfCells({ rows, columns }, width) {
  const cellsOf = (row, column) => row.flatMap((r) => column.map((c) => (r < 0 || c < 0 ? -1 : r * width + c)));
  return rows.flatMap((row) => columns.map((column) => cellsOf(row, column)));
}

function readZeroInserted(zeroInserted) {
  if (!zeroInserted) return {};
  const { size: [height, width], rows, columns } = zeroInserted;
  const spreadOf = rows.flatMap((row) => columns.map((column) => row * width + column));
  const inputUnder = new Array(height * width).fill(-1);
  spreadOf.forEach((spread, cell) => { inputUnder[spread] = cell; });
  return { spreadOf, inputUnder }; // [input cell] → zero-inserted cell, and back (−1: a zero that was put in)
}

/** What is added to each cell of Y, in the shown channel; the gradient knows nothing of it. */
export const biasOf = ({ afterwards, channels, direction }) =>
  direction === "forward" ? afterwards.bias[channels.shown[1]] : 0;

/** The zero-inserted cell under each kernel cell when a canvas cell is gathered; −1 beyond what is drawn. */
export function windowAt({ document, canvasAt }, canvas) {
  const [row, column] = canvasAt(canvas);
  const { rows, columns } = document.windows;
  return tableOfCells({ rows: [rows[row]], columns: [columns[column]] }, document.zero_inserted.size[1])[0];
}

/** [output cell, input cell, kernel cell] of W's shown block, without what is cropped. */
export function entriesOf({ stamps, columnOf }) {
  return stamps.flatMap((cells, cell) =>
    cells.map((canvas, q) => ({ column: columnOf[canvas], row: cell, q })).filter(({ column }) => column >= 0));
}

// ---- the names of cells: input:c,i,j  kernel:ci,co,a,b  output:co,r,c  W:row,column  zero_inserted:r,c

export function parseName(name) {
  const [grid, numbers = ""] = name.split(":");
  return { grid, at: numbers.split(",").map((text) => (text ? Number(text) : NaN)) };
}

export const inputName = (links, channel, cell) => `input:${[channel, ...links.inputAt(cell)]}`;
export const kernelName = ({ document, kernelAt }, channel, q) =>
  `kernel:${[channel, document.channels.block, ...kernelAt(q)]}`;
export const outputName = ({ document, canvasAt }, canvas) =>
  `output:${[document.channels.shown[1], ...canvasAt(canvas)]}`;
export function entryName({ document, inputCells, outputCells }, channel, row, column) {
  return `W:${channel * inputCells + row},${document.channels.shown[1] * outputCells + column}`;
}
export function spreadName(links, channel, spread) {
  const cell = links.inputUnder[spread];
  const width = links.document.zero_inserted.size[1];
  return cell < 0 ? `zero_inserted:${Math.floor(spread / width)},${spread % width}` : inputName(links, channel, cell);
}

/** Whether a name is a cell of what the document shows. */
export function exists(links, name) {
  const { document: { channels, sizes, weight, zero_inserted: zeroInserted }, inputCells, outputCells } = links;
  const { grid, at } = parseName(name);
  const shownOut = channels.shown[1];
  const isIndex = (n, count) => Number.isInteger(n) && n >= 0 && n < count;
  const isInside = (...counts) => at.length === counts.length && at.every((n, axis) => isIndex(n, counts[axis]));
  switch (grid) {
    case "input":
      return isInside(channels.ins, ...sizes.input);
    case "kernel":
      if (!isInside(channels.ins, channels.block + 1, ...sizes.kernel)) return false;
      return at[1] === channels.block && weight[at[0]] !== null;
    case "output":
      return isInside(channels.outs, ...sizes.canvas) && at[0] === shownOut;
    case "W":
      if (!isInside(channels.ins * inputCells, channels.outs * outputCells)) return false;
      return weight[Math.floor(at[0] / inputCells)] !== null && Math.floor(at[1] / outputCells) === shownOut;
    case "zero_inserted":
      if (zeroInserted === null || !isInside(...zeroInserted.size)) return false;
      return links.inputUnder[at[0] * zeroInserted.size[1] + at[1]] < 0;
    default:
      return false;
  }
}

/** A cell's usual name: a zero-inserted cell that holds one of the input's is that input cell. */
export function usualName(links, name) {
  const { grid, at } = parseName(name);
  const { zero_inserted: zeroInserted, channels } = links.document;
  if (grid !== "zero_inserted" || !zeroInserted) return name;
  return spreadName(links, channels.shown[0], at[0] * zeroInserted.size[1] + at[1]);
}

// ---- what a cell touches

/**
 * All that a traced cell touches. `grid` and `at` are its name's; `channel` is the input channel to show (null: any);
 * `pairs` are the products it takes part in. Besides, by grid: `cell` of the input, `q` of the kernel, `canvas` of the
 * output, `spread` and `met` (the windows that meet it) of a zero that was put in.
 */
export function traceOf(links, name) {
  const { grid, at } = parseName(name);
  return { grid, at, channel: null, pairs: [], ...TRACES[grid](links, at) };
}

const TRACES = {
  input({ document, stamps }, [channel, row, column]) {
    const cell = row * document.sizes.input[1] + column;
    const pairs = document.weight[channel] ? stamps[cell].map((canvas, q) => ({ channel, cell, q, canvas })) : [];
    return { channel, cell, pairs };
  },
  kernel({ document, stamps }, [channel, , row, column]) {
    const q = row * document.sizes.kernel[1] + column;
    return { channel, q, pairs: stamps.map((cells, cell) => ({ channel, cell, q, canvas: cells[q] })) };
  },
  output({ document, landed }, [, row, column]) {
    const canvas = row * document.sizes.canvas[1] + column;
    const pairsOf = (channel) => landed[canvas].map(({ cell, q }) => ({ channel, cell, q, canvas }));
    const pairs = document.channels.inputs.flatMap(pairsOf);
    return { canvas, row, column, pairs };
  },
  zero_inserted(links, [row, column]) {
    const spread = row * links.document.zero_inserted.size[1] + column;
    const positionIn = (canvas) => windowAt(links, canvas).indexOf(spread);
    const met = links.canvasOf.map((canvas) => ({ canvas, q: positionIn(canvas) })).filter(({ q }) => q >= 0);
    return { spread, met };
  },
  W({ inputCells, outputCells, canvasOf, stamps }, [row, column]) {
    const channel = Math.floor(row / inputCells);
    const cell = row % inputCells;
    const canvas = canvasOf[column % outputCells];
    const found = stamps[cell].indexOf(canvas);
    const q = found < 0 ? null : found;
    return { channel, cell, canvas, q, pairs: q === null ? [] : [{ channel, cell, q, canvas }] };
  },
};

/**
 * The name of the same cell in another document: an entry of W goes with its input and its kernel cell, a cell of Y or
 * K is the one at its place between the channels that are shown now.
 */
export function followedName(before, links, name) {
  if (!before || before === links || !exists(before, name)) return name;
  const { grid, at } = parseName(name);
  const { channels: { block, shown }, weight } = links.document;
  if (grid === "output") return `output:${[shown[1], ...at.slice(1)]}`;
  if (grid === "kernel") return `kernel:${[weight[at[0]] ? at[0] : shown[0], block, ...at.slice(2)]}`;
  return grid === "W" ? followedEntry(before, links, name) : name;
}

function followedEntry(before, links, name) {
  const { channel, cell, q } = traceOf(before, name);
  const [i, j] = before.inputAt(cell);
  const input = `input:${channel},${i},${j}`;
  if (!exists(links, input)) return "";
  if (q === null) return input;
  const [a, b] = before.kernelAt(q);
  const { sizes } = links.document;
  if (a >= sizes.kernel[0] || b >= sizes.kernel[1]) return input;
  const here = i * sizes.input[1] + j;
  const column = links.columnOf[links.stamps[here][a * sizes.kernel[1] + b]];
  return column < 0 ? input : entryName(links, channel, here, column);
}
