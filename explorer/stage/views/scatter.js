// Scatter: every input cell stamps the kernel onto the canvas.

import { kinds } from "../kinds.js";
import { stampMarks } from "../marks.js";
import { stampSteps } from "../steps.js";
import { stampWords } from "../words.js";
import { gradients } from "./gradients.js";

/**
 * Three grids and the signs between them: in a row, the first two above one another, or the third below them. `more`
 * says what stands behind the third.
 */
const formsOf = (first, sign1, second, sign2, third, more = () => []) => ({
  wide: ({ row, grid, sign, ...kit }) =>
    row(grid(first), sign(sign1), grid(second), sign(sign2), grid(third), ...more(kit)),
  narrow: ({ row, column, grid, sign, ...kit }) =>
    row(column(grid(first), sign(sign1), grid(second)), sign(sign2), grid(third), ...more(kit)),
  phone: ({ row, column, grid, sign, ...kit }) =>
    column(row(grid(first), sign(sign1), grid(second)), sign(sign2), row(grid(third), ...more(kit))),
  lines: ({ axis, grid, sign, ...kit }) =>
    axis(grid(first), sign(sign1), grid(second), sign(sign2), grid(third), ...more(kit)),
});

export const scatter = {
  name: "scatter",
  forward: {
    modes: ["scatter"],
    letters: { input: "X", output: "Y" },
    grids: { input: kinds.input, kernel: kinds.kernel, output: kinds.output },
    steps: stampSteps,
    marks: stampMarks,
    words: stampWords,
    hasTabs: true,
    hasBlocks: true,
    forms: formsOf("input", "×", "kernel", "→", "output"),
  },
  backward: {
    ...gradients,
    modes: ["scatter_backward", "backward"],
    hasTabs: true,
    hasBlocks: false,
    forms: formsOf("gradient", "=", "kernel", "★", "upstream", ({ rest }) => rest()), // dX sums over all channels
  },
};
