// What touches what, looked up in the document's tables. Indices only: every number comes from Python.

const GRIDS = ["input", "kernel", "output", "WT", "W", "vec_input", "vec_output", "zero_inserted", "flipped"];
// Backward the same cells hold gradients; they keep their names and their links.
const STANDS_FOR = { gradient: "input", upstream: "output", vec_gradient: "vec_input", vec_upstream: "vec_output" };

/** Reverse tables of a document: which (input cell, kernel cell) land on a canvas cell, W by row and by column. */
function tablesOf(doc) {
  const landed = doc.result.map(() => []);
  doc.cells.forEach((cells, cell) => cells.forEach((canvas, q) => landed[canvas].push([cell, q])));
  const byRow = new Map(), byColumn = new Map(), canvasOf = new Map();
  const add = (map, key, value) => (map.get(key) ?? map.set(key, []).get(key)).push(value);
  for (const [row, column, q] of doc.entries) {
    add(byRow, row, [column, q]);
    add(byColumn, column, [row, q]);
  }
  doc.columns.forEach((column, canvas) => column >= 0 && canvasOf.set(column, canvas));
  return { landed, byRow, byColumn, canvasOf };
}

const lastStep = (doc) => doc.steps;
/** [input channel, cell within it] of a step; step 1 is the first stamp. */
const ofStep = (doc, step) => [Math.floor((step - 1) / doc.cells.length), (step - 1) % doc.cells.length];
const stepOf = (doc, channel, cell) => channel * doc.cells.length + cell + 1;
/** The name of the cell that a step is about: the input cell that stamps, or the output cell that gathers. */
function cellOfStep(doc, tables, step) {
  if (doc.gather) return nameAt(doc, tables, "vec_output", step - 1, 0, 0);
  const [channel, cell] = ofStep(doc, step);
  return nameAt(doc, tables, "vec_input", cell, 0, channel);
}

/** The canvas after `step` steps (null: after all), and which of its cells were touched by then. */
function canvasAt(doc, step) {
  const touched = new Set();
  if (step === null || doc.gradient) return { canvas: doc.result, touched: null };
  if (doc.gather) return { canvas: doc.result.map((sum, n) => (doc.columns[n] >= 0 && doc.columns[n] < step ? sum : null)), touched: null };
  const canvas = doc.result.map(() => 0);
  for (let n = 1; n <= step; n++) {
    const sums = doc.sums[n - 1];
    if (!sums) continue;
    doc.cells[ofStep(doc, n)[1]].forEach((cell, q) => { canvas[cell] = sums[q]; touched.add(cell); });
  }
  return { canvas, touched };
}

/** The zero-inserted cell under each kernel cell when a canvas cell is gathered; −1 beyond what is drawn. */
function windowAt(doc, canvas) {
  const rows = doc.gather.rows[Math.floor(canvas / doc.canvas[1])], columns = doc.gather.columns[canvas % doc.canvas[1]];
  return rows.flatMap((row) => columns.map((column) => (row < 0 || column < 0 ? -1 : row * doc.gather.size[1] + column)));
}

function parseName(name) {
  const [grid, numbers] = name.split(":");
  return { grid, at: (numbers ?? "").split(",").map(Number) };
}

/** The name of the cell at (row, column) of a drawn grid; empty where there is none. */
function nameAt(doc, tables, grid, row, column, channel) {
  const shown = doc.channels, width = doc.size[1];
  const [rows, columns] = doc.block, [down, across] = doc.kernel;
  switch (STANDS_FOR[grid] ?? grid) {
    case "input": return `input:${channel},${row},${column}`;
    case "kernel": return `kernel:${channel},${shown.block},${row},${column}`;
    case "flipped": return `kernel:${channel},${shown.block},${down - 1 - row},${across - 1 - column}`;
    case "zero_inserted": {
      const cell = doc.gather.cells[row * doc.gather.size[1] + column];
      return cell < 0 ? `zero_inserted:${row},${column}` : nameAt(doc, tables, "vec_input", cell, 0, channel);
    }
    case "output": return `output:${shown.shown[1]},${row},${column}`;
    case "W": return `W:${channel * rows + row},${shown.shown[1] * columns + column}`;
    case "WT": return nameAt(doc, tables, "W", column, row, channel);
    case "vec_input": return `input:${channel},${Math.floor(row / width)},${row % width}`;
    default: {
      const canvas = tables.canvasOf.get(row);
      return `output:${shown.shown[1]},${Math.floor(canvas / doc.canvas[1])},${canvas % doc.canvas[1]}`;
    }
  }
}

/** Whether a name is a cell of what the document shows. */
function exists(doc, name) {
  const { grid, at } = parseName(name);
  const shown = doc.channels, [rows, columns] = doc.block;
  const inside = (numbers, counts) => numbers.length === counts.length && numbers.every((n, i) => n >= 0 && n < counts[i]);
  switch (grid) {
    case "input": return inside(at, [shown.ins, ...doc.size]);
    case "kernel": return inside(at, [shown.ins, shown.block + 1, ...doc.kernel]) && at[1] === shown.block && !!doc.weight[at[0]];
    case "output": return inside(at, [shown.outs, ...doc.canvas]) && at[0] === shown.shown[1];
    case "W": return inside(at, doc.W) && !!doc.weight[Math.floor(at[0] / rows)] && Math.floor(at[1] / columns) === shown.shown[1];
    case "zero_inserted": return !!doc.gather && inside(at, doc.gather.size) && doc.gather.cells[at[0] * doc.gather.size[1] + at[1]] < 0;
    default: return false;
  }
}

/**
 * All that a traced cell touches: {channel: the input channel to show, own: its kind and numbers,
 * pairs: [input channel, input cell, kernel cell, canvas cell] of every product it takes part in}.
 */
function linksOf(doc, tables, name) {
  const { grid, at } = parseName(name);
  const width = doc.size[1], across = doc.kernel[1], canvasWidth = doc.canvas[1];
  if (grid === "input") {
    const cell = at[1] * width + at[2];
    const pairs = doc.weight[at[0]] ? doc.cells[cell].map((canvas, q) => [at[0], cell, q, canvas]) : [];
    return { grid, channel: at[0], cell, pairs };
  }
  if (grid === "kernel") {
    const q = at[2] * across + at[3];
    return { grid, channel: at[0], q, pairs: doc.cells.map((cells, cell) => [at[0], cell, q, cells[q]]) };
  }
  if (grid === "output") {
    const canvas = at[1] * canvasWidth + at[2];
    const pairs = doc.channels.inputs.flatMap((ci) => tables.landed[canvas].map(([cell, q]) => [ci, cell, q, canvas]));
    return { grid, channel: null, canvas, row: at[1], column: at[2], pairs };
  }
  if (grid === "zero_inserted") {
    const spread = at[0] * doc.gather.size[1] + at[1], met = [];
    for (const canvas of tables.canvasOf.values()) { const q = windowAt(doc, canvas).indexOf(spread); if (q >= 0) met.push([q, canvas]); }
    return { grid, spread, met, pairs: [] };
  }
  const [rows, columns] = doc.block;
  const channel = Math.floor(at[0] / rows), cell = at[0] % rows, canvas = tables.canvasOf.get(at[1] % columns);
  const q = (tables.byRow.get(cell) ?? []).find(([column]) => column === at[1] % columns)?.[1];
  return { grid, at, channel, cell, canvas, q, pairs: q === undefined ? [] : [[channel, cell, q, canvas]] };
}

/** [grid, [row, column]] where a traced cell is drawn. */
function placeOf(doc, name) {
  const { grid, at } = parseName(name), back = !!doc.gradient, [rows, columns] = doc.block;
  if (grid === "input") return [back ? "gradient" : "input", at.slice(1)];
  if (grid === "output") return [back ? "upstream" : "output", at.slice(1)];
  if (grid === "kernel") return ["kernel", at.slice(2)];
  if (grid === "zero_inserted") return [grid, at];
  return doc.grids.W ? ["W", [at[0] % rows, at[1] % columns]] : ["WT", [at[1] % columns, at[0] % rows]];
}

/** A name as pointing gives it: a zero-inserted cell that is one of the input's is the input's. */
function usual(doc, tables, name) {
  const { grid, at } = parseName(name);
  return grid === "zero_inserted" && doc.gather ? nameAt(doc, tables, grid, ...at, doc.channels.shown[0]) : name;
}

/** The name of the same pin in another document: an entry of W goes with its input and kernel cell; cropped, it is the input's. */
function followed(old, doc, tables, name) {
  if (!old || old === doc || parseName(name).grid !== "W" || !exists(old, name)) return name;
  const { channel, cell, q } = linksOf(old, tablesOf(old), name);
  const [i, j] = [Math.floor(cell / old.size[1]), cell % old.size[1]], input = `input:${channel},${i},${j}`;
  if (q === undefined || !exists(doc, input)) return exists(doc, input) ? input : "";
  const [a, b] = [Math.floor(q / old.kernel[1]), q % old.kernel[1]];
  if (a >= doc.kernel[0] || b >= doc.kernel[1]) return input;
  const at = i * doc.size[1] + j, column = doc.columns[doc.cells[at][a * doc.kernel[1] + b]];
  return column < 0 ? input : `W:${channel * doc.block[0] + at},${doc.channels.shown[1] * doc.block[1] + column}`;
}
