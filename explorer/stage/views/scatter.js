// Scatter: every input cell stamps the kernel onto the canvas.

import { kinds } from "../kinds.js";
import { stampMarks } from "../marks.js";
import { stampSteps } from "../steps.js";
import { stampWords } from "../words.js";
import { gradients } from "./gradients.js";

/** Three grids and the signs between them: in a row, the first two above one another, or the third below them. */
const formsOf = (first, sign1, second, sign2, third) => ({
  wide: ({ row, grid, sign }) => row(grid(first), sign(sign1), grid(second), sign(sign2), grid(third)),
  narrow: ({ row, column, grid, sign }) =>
    row(column(grid(first), sign(sign1), grid(second)), sign(sign2), grid(third)),
  phone: ({ row, column, grid, sign }) =>
    column(row(grid(first), sign(sign1), grid(second)), sign(sign2), grid(third)),
  lines: ({ axis, grid, sign }) => axis(grid(first), sign(sign1), grid(second), sign(sign2), grid(third)),
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
    forms: formsOf("gradient", "=", "kernel", "★", "upstream"),
  },
};
