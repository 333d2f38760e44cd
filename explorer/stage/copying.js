// A grid's numbers as text, in the form that a spreadsheet, Python or LaTeX reads. No digit is left out.

import { times } from "./geometry.js";
import { masked, sceneWithCanvas } from "./state.js";

/**
 * The rows of numbers that a grid shows now: of a canvas only the output, in the channels shown; null where no number
 * is there yet, or where it is hidden.
 */
export function rowsOf({ kind, rows, columns }, state) {
  const scene = sceneWithCanvas(state), isMasked = masked(state);
  const values = kind.values(scene);
  const [top, left, height, width] = kind.partOf?.(state.document) ?? [0, 0, rows, columns];
  const valueAt = (row, column) => (isMasked(kind.nameAt(scene, row, column)) ? null : values[row * columns + column]);
  return times(height, (row) => times(width, (column) => valueAt(top + row, left + column)));
}

const written = (rows, none) => rows.map((row) => row.map((value) => (value === null ? none : String(value))));

/** Rows in brackets, one below the other. */
function nested(rows, none, indent) {
  const lines = written(rows, none).map((row) => `[${row.join(", ")}]`);
  return `[${lines.join(`,\n${" ".repeat(indent + 1)}`)}]`;
}

function calling(name, rows, none, type) {
  return `${name}(${nested(rows, none, name.length + 1)}, dtype=${type})`;
}

/** A number as mathematics writes it. */
function mathOf(text) {
  const [digits, power] = text.split("e");
  return power === undefined ? digits : `${digits} \\cdot 10^{${Number(power)}}`;
}

/** Every format by its name: rows → text. */
export const FORMATS = {
  tabs: (rows) => written(rows, "").map((row) => row.join("\t")).join("\n"),
  list: (rows) => nested(rows, "None", 0),
  numpy: (rows) => calling("np.array", rows, "np.nan", "np.float64"),
  torch: (rows) => calling("torch.tensor", rows, 'float("nan")', "torch.float64"),
  latex(rows) {
    const lines = written(rows, "").map((row) => `  ${row.map(mathOf).join(" & ")}`);
    return `\\begin{bmatrix}\n${lines.join(" \\\\\n")}\n\\end{bmatrix}`;
  },
};
