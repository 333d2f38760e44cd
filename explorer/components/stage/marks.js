// Which cells are outlined in which colour for a traced cell, or for a step.

/** A colour for each kernel position; beyond six positions only the traced ones are coloured, if they are few. */
function colourOf(doc, palette, positions) {
  const colours = palette.kernel;
  if (doc.coloured) return (q) => colours[q];
  const distinct = [...new Set(positions)];
  return (q) => (distinct.length <= colours.length && distinct.includes(q) ? colours[distinct.indexOf(q)] : "var(--traced)");
}

/** {lists, frames} by grid: marks on cells, and frames around whole rows or columns of W. */
function marksOf(doc, link, channel, colour) {
  const lists = new Map(GRIDS.map((name) => [name, []])), frames = new Map(GRIDS.map((name) => [name, []]));
  const own = "var(--traced)", across = doc.kernel[1], [rows, columns] = doc.block;
  const add = (name, index, shade, more) => lists.get(name).push({ index, colour: shade, ...more });
  const letter = (q) => (doc.coloured ? "" : `${Math.floor(q / across)},${q % across}`);
  const both = (row, column, shade) => {
    add("W", row * columns + column, shade);
    add("WT", column * rows + row, shade);
  };
  const kernel = (q, shade = colour(q)) => {
    add("kernel", q, shade, { label: letter(q) });
    add("flipped", doc.kernel[0] * across - 1 - q, shade, { label: letter(q) });
  };
  const spreadOf = (cell) => doc.gather?.cells.indexOf(cell);
  const input = (cell, shade) => {
    add("input", cell, shade);
    add("vec_input", cell, shade);
    if (doc.gather) add("zero_inserted", spreadOf(cell), shade);
  };
  const output = (canvas, shade, more) => {
    add("output", canvas, shade, more);
    if (doc.columns[canvas] >= 0) add("vec_output", doc.columns[canvas], shade);
  };
  for (const [ci, cell, q, canvas] of link.pairs) {
    if (ci !== channel) continue;
    const stamp = link.grid === "input";
    const product = doc.gradient ? null : doc.products[stepOf(doc, ci, cell) - 1][q];
    if (!stamp) input(cell, link.grid === "kernel" ? "var(--muted)" : colour(q));
    if (link.grid !== "kernel" && !(doc.gather && link.grid === "output")) kernel(q);
    if (link.grid !== "output")
      output(canvas, colour(q), stamp ? { corner: product === null ? "" : `${product < 0 ? "" : "+"}${show(product)}`, label: letter(q) } : {});
    if (doc.columns[canvas] >= 0) both(cell, doc.columns[canvas], colour(q));
  }
  if (link.grid === "input" && link.channel === channel) {
    input(link.cell, own);
    frames.get("W").push({ row: link.cell, height: 1, kind: "dashed" });
    frames.get("WT").push({ column: link.cell, width: 1, kind: "dashed" });
  }
  if (link.grid === "kernel") kernel(link.q);
  for (const [q, canvas] of link.met ?? []) { kernel(q); output(canvas, colour(q)); }
  if (link.met) add("zero_inserted", link.spread, own);
  if (link.grid === "output") {
    output(link.canvas, own);
    const column = doc.columns[link.canvas];
    if (doc.gather) {
      const under = windowAt(doc, link.canvas), corners = under.filter((spread) => spread >= 0), [, width] = doc.gather.size;
      under.forEach((spread, q) => {
        const vain = spread < 0 || doc.gather.cells[spread] < 0, shade = vain && !doc.coloured ? "var(--muted)" : colour(q);
        kernel(q, shade);
        if (vain && spread >= 0) add("zero_inserted", spread, shade, { kind: "vain" });
      });
      const row = Math.floor(Math.min(...corners) / width), left = Math.min(...corners.map((spread) => spread % width));
      const bottom = Math.floor(Math.max(...corners) / width), right = Math.max(...corners.map((spread) => spread % width));
      if (corners.length === under.length)
        frames.get("zero_inserted").push({ row, column: left, height: bottom - row + 1, width: right - left + 1, kind: "solid" });
    }
    if (column >= 0) {
      frames.get("W").push({ column, width: 1, kind: "solid" });
      frames.get("WT").push({ row: column, height: 1, kind: "solid" });
    }
  }
  if (link.grid === "W") {
    both(link.cell, doc.columns[link.canvas], own);
    if (link.q === undefined) { input(link.cell, own); output(link.canvas, own); }
  }
  return { lists, frames };
}
