// How large the cells are, and which grids stand beside which: the largest picture that fits.

const NAMES = 36, SIGN = 58, TITLE = 150; // px: row names and margin, an operator between two grids, a title in two lines

const between = (low, value, high) => Math.max(low, Math.min(value, high));
/** px above a grid's cells: title, column names, and the channel tabs where there are some. */
const above = (doc, channels) => (channels > 1 && doc.view !== "matrix" ? 92 : 54);
/** The same for the kernel, with the table of its blocks. */
const tabled = (doc) => doc.thumbnails && doc.view === "scatter" && !doc.gradient;
const aboveKernel = (doc) => (tabled(doc) ? 78 + 30 * doc.channels.ins : 54);

/** The grids of X, K and Y, or backward of their gradients. */
const partsOf = ({ grids }) => ({ ...grids, input: grids.input ?? grids.gradient, output: grids.output ?? grids.upstream });

/** px across an input's, a kernel's or an output's grid: its cells, or its title or tabs where those are wider. */
const widths = (doc, { input, kernel, output } = partsOf(doc), tab = doc.view === "matrix" ? 0 : 44) => ({
  input: (cell) => Math.max(cell * input.columns, 150, doc.channels.ins > 1 ? tab * doc.channels.ins : 0),
  kernel: (cell) => Math.max(cell * kernel.columns, 165, tabled(doc) ? 32 * (doc.channels.outs + 1) : 0),
  output: (cell) => Math.max(cell * output.columns, doc.channels.outs > 1 ? tab * doc.channels.outs : 0),
});

/** {arrangement, cells: {grid: px}} for a picture of width × height px; on a phone only the width binds. */
function arrange(doc, width, height, largest) {
  const found = doc.view === "matrix" ? arrangeMatrix(doc, width, height)
    : doc.gather ? arrangeGather(doc, width, height, largest) : arrangeScatter(doc, width, height, largest);
  const { input, output } = found.cells;
  return { ...found, cells: { ...found.cells, gradient: input, upstream: output } };
}

/** X beside or above K, then Y. */
function arrangeScatter(doc, width, height, largest) {
  const { input, kernel, output } = partsOf(doc), wide = widths(doc);
  const top = above(doc, doc.channels.ins), topOutput = above(doc, doc.channels.outs);
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

/** X above K, then the zero-inserted X, the flipped K and Y; where that is too narrow, the flipped K below K. */
function arrangeGather(doc, width, height, largest) {
  const { input, kernel, output, zero_inserted: spread } = doc.grids, wide = widths(doc);
  if (width < 620) {
    const fit = (columns, least) => Math.floor(between(least, (width - NAMES) / columns, 44));
    const small = fit(input.columns + 2 * kernel.columns + 4, 14);
    return { arrangement: "tall", cells: { input: small, kernel: small, flipped: small, zero_inserted: fit(spread.columns, 4), output: fit(output.columns, 4) } };
  }
  let best = null;
  const top = above(doc, doc.channels.ins), topOutput = above(doc, doc.channels.outs);
  for (let small = Math.min(56, largest); small >= 12; small -= 2) {
    const left = Math.max(wide.input(small), wide.kernel(small)) + NAMES;
    const high = [small * (input.rows + kernel.rows) + top + 54, small * (input.rows + 2 * kernel.rows) + top + 108];
    [left + Math.max(small * kernel.columns, 120) + NAMES, left].forEach((taken, three) => {
      const free = width - taken - 2 * NAMES - (three ? 2 : 3) * SIGN;
      const fits = Math.min(free / (spread.columns + output.columns), (height - 72) / spread.rows, (height - topOutput - 18) / output.rows);
      const cell = Math.floor(between(3, fits, largest));
      const over = Math.max(Math.max(cell * spread.columns, TITLE) + Math.max(wide.output(cell), TITLE) - free, 0) + Math.max(high[three] - height, 0);
      const score = 2 * Math.min(cell, 44) + Math.min(small, 1.1 * cell) + 6 * (cell >= READABLE) + 4 * (small >= READABLE) - three - over;
      if (!best || score > best.score) {
        const flipped = Math.floor(three ? small : Math.min(cell, 1.3 * small));
        best = { score, arrangement: `gather stack ${three ? "three" : ""}`, cells: { input: small, kernel: small, flipped, zero_inserted: cell, output: cell } };
      }
    });
  }
  return best;
}

/** px of the largest cell where many grids share a picture. */
const most = (height) => Math.round(between(44, height / 14, 76));

/** Wᵀ·vec(X) = vec(Y) at the left, or W·vec(dY) = vec(dX); X, K and Y at the right, and W below where it is not too large. */
function arrangeMatrix(doc, width, height) {
  const { input, kernel, output, WT, W } = partsOf(doc), matrix = WT ?? W;
  const phone = width < (doc.thumbnails ? 860 : 620); // then one below the other, and the page scrolls
  const fit = (low, high, ...bounds) => Math.floor(between(low, Math.min(...bounds), high));
  const overview = doc.thumbnails ? 60 + (WT ? 36 * doc.channels.ins : 46 * doc.channels.outs) : 0; // px: the blocks in small
  const rest = (doc.gradient ? doc.gradient.others : doc.channels.inputs.length - 1) ? 48 : 0; // px: “+ 3 more blocks”
  const free = width - overview - SIGN - 30 - rest, share = Math.max(Math.min(free * 0.55, free - 360), 120);
  const vectorsOf = (cell) => ({ WT: cell, vec_input: cell, vec_output: cell, vec_upstream: cell, vec_gradient: cell, ...(WT ? {} : { W: cell }) });
  if (phone) {
    const small = fit(14, 44, (width - 2 * NAMES) / (input.columns + kernel.columns)), vector = fit(3, 36, (width - 3 * NAMES - 2 * SIGN) / (matrix.columns + 2));
    const cells = { input: small, kernel: small, output: fit(4, 44, (width - NAMES) / output.columns), W: fit(3, 36, (width - NAMES) / W?.columns) };
    return { arrangement: "matrix tall", room: 460, cells: { ...cells, ...vectorsOf(vector) } };
  }
  let best = null;
  const largest = fit(3, most(height), (share - NAMES) / matrix.columns, (height - 72) / Math.max(matrix.rows, matrix.columns));
  for (let vector = largest; vector >= Math.min(largest, 14); vector -= 2) {
    const main = between(doc.thumbnails ? 150 : 90, vector * matrix.columns + NAMES, share); // a title may be wider than its cells
    const found = arrangeSide(doc, free - main - 2 * Math.max(vector + NAMES, 64), height);
    const score = found.score + 0.8 * vector + 4 * (vector >= READABLE);
    if (!best || score > best.score) best = { ...found, score, share: main + 14, room: height - 44, cells: { ...found.cells, ...vectorsOf(vector) } };
  }
  return best;
}

/** X, K and Y beside the matrix, one below or beside another, in a width and a height of px; W below them. */
function arrangeSide(doc, right, height) {
  const { input, kernel, output, WT, W } = partsOf(doc), wide = widths(doc), second = WT && W, topOutput = above(doc, doc.channels.outs);
  const fit = (low, high, ...bounds) => Math.floor(between(low, Math.min(...bounds), high));
  let best = null;
  for (let small = most(height); small >= 10; small -= 2) {
    const cellW = second ? fit(3, 36, (right - NAMES) / W.columns, (height * (doc.thumbnails ? 0.26 : 0.34) - 54) / W.rows) : 0;
    const room = height - (second ? Math.min(cellW * W.rows, height * 0.24) + 54 : 0);
    const wideX = wide.input(small) + NAMES, wideK = wide.kernel(small) + NAMES;
    const highX = small * input.rows + above(doc, doc.channels.ins), highK = small * kernel.rows + 54;
    for (const [arrangement, freeWidth, freeHeight, taken, high] of [
      ["", right - NAMES, room - Math.max(highX, highK) - topOutput, wideX + wideK + 24, Math.max(highX, highK)],
      ["beside", right - Math.max(wideX, wideK) - NAMES - 16, room - topOutput, Math.max(wideX, wideK), highX + highK],
      ["column", right - NAMES, room - highX - highK - topOutput, Math.max(wideX, wideK), highX + highK],
    ]) {
      const cell = fit(3, most(height) + 4, freeWidth / output.columns, freeHeight / output.rows);
      const stacked = arrangement === "beside" ? Math.max(high, cell * output.rows + topOutput) : high + cell * output.rows + topOutput;
      const over = Math.max(taken - right, 0) + Math.max(wide.output(cell) - freeWidth, 0) + Math.max(stacked - room - 8, 0);
      const readable = 14 * (small >= READABLE) + 8 * (cell >= READABLE); // numbers to read and to edit
      const score = cell + Math.min(small, cell * 1.1) + cellW * 0.5 + readable - over;
      if (!best || score > best.score) best = { score, arrangement: `matrix ${arrangement}`, cells: { input: small, kernel: small, output: cell, W: cellW } };
    }
  }
  return best;
}
