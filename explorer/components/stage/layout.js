// How large the cells are, and which grids stand beside which: the largest picture that fits.

const NAMES = 36, SIGN = 58; // px: row names and margin, an operator between two grids

const between = (low, value, high) => Math.max(low, Math.min(value, high));
/** px above a grid's cells: title, column names, and the channel tabs where there are some. */
const above = (channels) => (channels > 1 ? 92 : 54);
/** The same for the kernel, with the table of its blocks. */
const aboveKernel = (doc) => (doc.thumbnails ? 78 + 30 * doc.channels.ins : 54);

/** px across an input's, a kernel's or an output's grid: its cells, or its title or tabs where those are wider. */
const widths = (doc) => ({
  input: (cell) => Math.max(cell * doc.grids.input.columns, 150, doc.channels.ins > 1 ? 44 * doc.channels.ins : 0),
  kernel: (cell) => Math.max(cell * doc.grids.kernel.columns, 165, doc.thumbnails ? 32 * (doc.channels.outs + 1) : 0),
  output: (cell) => Math.max(cell * doc.grids.output.columns, doc.channels.outs > 1 ? 44 * doc.channels.outs : 0),
});

/** {arrangement, cells: {grid: px}} for a picture of width × height px; on a phone only the width binds. */
function arrange(doc, width, height, largest) {
  if (doc.view === "matrix") return arrangeMatrix(doc, width, height);
  const { input, kernel, output } = doc.grids, wide = widths(doc);
  const top = above(doc.channels.ins), topOutput = above(doc.channels.outs);
  if (width < 620) {
    const small = Math.floor(between(READABLE, (width - 2 * NAMES - 10) / (input.columns + kernel.columns), 56));
    return { arrangement: "tall", cells: { input: small, kernel: small, output: Math.floor(between(4, (width - NAMES) / output.columns, 56)) } };
  }
  let best = null;
  for (let small = Math.floor(largest * 0.84); small >= READABLE; small -= 2) {
    const row = [
      width - wide.input(small) - wide.kernel(small) - 3 * NAMES - 2 * SIGN,
      Math.max(small * input.rows + top, small * kernel.rows + aboveKernel(doc)),
      "row",
    ];
    const stack = [
      width - Math.max(wide.input(small), wide.kernel(small)) - 2 * NAMES - SIGN,
      small * (input.rows + kernel.rows) + top + aboveKernel(doc) + 8,
      "stack",
    ];
    for (const [free, needed, arrangement] of [row, stack]) {
      const cell = Math.floor(between(4, Math.min(free / output.columns, (height - topOutput) / output.rows), largest));
      if ((needed > height && small > READABLE) || free < 4 * output.columns) continue;
      const score = 2 * cell + Math.min(small, 1.2 * cell) - (arrangement === "stack" ? 6 : 0);
      if (!best || score > best.score) best = { score, arrangement, cells: { input: small, kernel: small, output: cell } };
    }
  }
  return best;
}

/** Wᵀ·vec(X) = vec(Y) at the left; the grids and W at the right, X and K beside or above one another. */
function arrangeMatrix(doc, width, height) {
  const { input, kernel, output, WT, W } = doc.grids, wide = widths(doc);
  const phone = width < 620;
  const fit = (low, high, ...bounds) => Math.floor(between(low, Math.min(...bounds), high));
  const vector = phone
    ? fit(3, 36, (width - 3 * NAMES - 2 * SIGN) / (WT.columns + 2))
    : fit(3, 44, (width * 0.5 - 3 * NAMES - 2 * SIGN) / (WT.columns + 2), (height - 54) / WT.rows);
  const title = doc.channels.ins * doc.channels.outs > 1 ? 170 : 90; // px: a title may be wider than its cells
  const taken = Math.max(vector * WT.columns + NAMES, title) + 2 * Math.max(vector + NAMES, 62) + 2 * SIGN + 24;
  const right = phone ? width : width - taken;
  if (phone) {
    const small = fit(14, 44, (right - 2 * NAMES) / (input.columns + kernel.columns));
    const cells = { input: small, kernel: small, output: fit(4, 44, (right - NAMES) / output.columns), W: fit(3, 36, (right - NAMES) / W.columns) };
    return { arrangement: "matrix tall", room: 460, cells: { ...cells, WT: vector, vec_input: vector, vec_output: vector } };
  }
  const top = above(doc.channels.ins), topOutput = above(doc.channels.outs);
  let best = null;
  for (let small = 44; small >= 10; small -= 2) {
    const matrix = fit(3, 36, (right - NAMES) / W.columns, (height * 0.34 - 54) / W.rows);
    const below = Math.min(matrix * W.rows, height * 0.24) + 54;
    const above1 = small * Math.max(input.rows, kernel.rows) + top;
    const above2 = small * (input.rows + kernel.rows) + top + 56;
    const under = fit(3, 48, (height - below - above1 - topOutput) / output.rows, (right - NAMES) / output.columns);
    const beside = fit(3, 48, (height - below - topOutput) / output.rows, (right - Math.max(wide.input(small), small * kernel.columns, 165) - 3 * NAMES) / output.columns);
    for (const [cell, needed, arrangement] of [
      [under, above1 + topOutput + under * output.rows + below, "matrix"],
      [beside, Math.max(above2, topOutput + beside * output.rows) + below, "matrix beside"],
    ]) {
      if (needed > height + 8 && small > 10) continue;
      if (arrangement === "matrix" && wide.input(small) + 165 > right) continue;
      const score = cell + Math.min(small, cell * 1.1) + matrix * 0.5;
      if (!best || score > best.score)
        best = { score, arrangement, room: height - 26, cells: { input: small, kernel: small, output: cell, WT: vector, vec_input: vector, vec_output: vector, W: matrix } };
    }
  }
  return best;
}
