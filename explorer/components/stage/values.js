// What stands in which grid, looked up in the document.

/** Adds indexNames and valuesOf to a stage. */
function addValues(stage) {
  /** The names of a grid's rows and columns: plain indices; in W and the vectors those of the cell that they stand for. */
  stage.indexNames = (name) => {
    const { rows, columns } = stage.doc.grids[name];
    const flat = (count, width) => Array.from({ length: count }, (_, n) => `${Math.floor(n / width)},${n % width}`);
    const x = (count) => flat(count, stage.doc.size[1]), y = (count) => flat(count, stage.doc.window[3]);
    const plain = (count) => Array.from({ length: count }, (_, n) => String(n));
    const names = { W: [x(rows), y(columns)], WT: [y(rows), x(columns)], vec_input: [x(rows), [""]], vec_output: [y(rows), [""]] };
    if (name === "flipped") return [plain(rows).reverse(), plain(columns).reverse()];
    return names[STANDS_FOR[name] ?? name] ?? [plain(rows), plain(columns)];
  };

  /** A grid's numbers, flat, as they stand at the current step; null is an empty cell. */
  stage.valuesOf = (name, channel, canvas) => {
    const { doc, tables, step } = stage, { rows, columns } = doc.grids[name], weight = doc.weight[channel];
    const collected = (n) => step === null || stepOf(doc, channel, n) <= step;
    const upright = weight ?? doc.cells[0].map(() => null);
    switch (name) {
      case "input": case "vec_input": return doc.input[channel];
      case "kernel": return upright;
      case "flipped": return upright.toReversed();
      case "zero_inserted": return doc.gather.cells.map((cell) => (cell < 0 ? 0 : doc.input[channel][cell]));
      case "output": return canvas;
      case "vec_output": return Array.from({ length: rows }, (_, column) => canvas[tables.canvasOf.get(column)]);
      case "gradient": case "vec_gradient": return doc.gradient.result[channel].map((sum, n) => (collected(n) ? sum : null));
      case "upstream": return doc.gradient.upstream;
      case "vec_upstream": return Array.from({ length: rows }, (_, column) => doc.gradient.upstream[tables.canvasOf.get(column)]);
    }
    const dense = new Array(rows * columns).fill(0);
    if (weight) for (const [row, column, q] of doc.entries) dense[name === "WT" ? column * columns + row : row * columns + column] = weight[q];
    return dense;
  };
}
