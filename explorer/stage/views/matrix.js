// Matrix: Wᵀ·vec(X) = vec(Y), and backward W·vec(dY) = vec(dX).

import { kinds } from "../kinds.js";
import { stampMarks } from "../marks.js";
import { stampSteps } from "../steps.js";
import { stampWords } from "../words.js";
import { gradients } from "./gradients.js";

/**
 * The matrix, its vector and the product, and the grids that they are made of. Where the matrix is too large to be
 * read, an excerpt of it stands there, and the whole is a map at the left. `overview`, `excerpt` and `rest` are not
 * always there: all blocks in small, the excerpts, and what else the product sums over.
 */
function formsOf([whole, factor, product], [input, kernel, output, second]) {
  const equation = ({ grid, excerpt, sign, rest }) => {
    const part = excerpt ?? grid;
    return [part(whole), sign("·"), part(factor), ...rest(), sign("="), part(product)];
  };
  const other = ({ grid, document }) => (document.grids[second] ? [grid(second)] : []);
  const maps = (kit) => {
    const { grid, excerpt, row } = kit;
    return excerpt ? [row(grid(whole), grid(factor), grid(product)), ...other(kit)] : [];
  };
  const left = (kit) => [...kit.overview(whole), ...maps(kit)];
  const right = (kit) => (kit.excerpt ? [] : other(kit));
  /** Beside an excerpt Y stands below X and K, else beside them. */
  const parts = ({ row, grid, ...kit }) => {
    const both = [grid(input), grid(kernel)];
    return kit.excerpt ? [row(...both), grid(output)] : [row(...both, grid(output)), ...other({ grid, ...kit })];
  };
  const ifAny = (box, parts) => (parts.length ? [box(...parts)] : []);
  return {
    wide: (kit) => kit.row(
      ...ifAny(kit.column, kit.isCompact ? maps(kit) : left(kit)),
      kit.row(...equation(kit)),
      ...(kit.isCompact ? [] : [kit.column(...parts(kit))]),
    ),
    narrow: (kit) => kit.column(
      kit.row(...ifAny(kit.column, left(kit)), kit.row(...equation(kit))),
      kit.row(kit.column(kit.grid(input), kit.grid(kernel)), kit.grid(output)),
      ...right(kit),
    ),
    phone: (kit) => kit.column(
      ...ifAny(kit.row, left(kit)),
      kit.row(...equation(kit)),
      kit.row(kit.grid(input), kit.grid(kernel)),
      kit.grid(output),
      ...right(kit),
    ),
  };
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
    screens: 2,
    isTight: true, // so many grids stand here that gaps are small and titles take two lines
    excerpt: ["WT", "vec_input", "vec_output"],
    forms: formsOf(["WT", "vec_input", "vec_output"], ["input", "kernel", "output", "W"]),
  },
  backward: {
    ...gradients,
    modes: ["matrix_backward", "backward"],
    grids: { ...gradients.grids, W: kinds.W, vec_upstream: kinds.vecUpstream, vec_gradient: kinds.vecGradient },
    namesChannels: true,
    screens: 2,
    isTight: true,
    excerpt: ["W", "vec_upstream", "vec_gradient"],
    forms: formsOf(["W", "vec_upstream", "vec_gradient"], ["gradient", "kernel", "upstream"]),
  },
};
