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
  const input = (cell, shade) => { add("input", cell, shade); add("vec_input", cell, shade); };
  const output = (canvas, shade, more) => {
    add("output", canvas, shade, more);
    if (doc.columns[canvas] >= 0) add("vec_output", doc.columns[canvas], shade);
  };
  for (const [ci, cell, q, canvas] of link.pairs) {
    if (ci !== channel) continue;
    const stamp = link.grid === "input";
    const product = doc.products[stepOf(doc, ci, cell) - 1][q];
    if (!stamp) input(cell, link.grid === "kernel" ? "var(--muted)" : colour(q));
    if (link.grid !== "kernel") add("kernel", q, colour(q), { label: letter(q) });
    if (link.grid !== "output")
      output(canvas, colour(q), stamp ? { corner: `${product < 0 ? "" : "+"}${show(product)}`, label: letter(q) } : {});
    if (doc.columns[canvas] >= 0) both(cell, doc.columns[canvas], colour(q));
  }
  if (link.grid === "input" && link.channel === channel) {
    input(link.cell, own);
    frames.get("W").push({ row: link.cell, kind: "dashed" });
    frames.get("WT").push({ column: link.cell, kind: "dashed" });
  }
  if (link.grid === "kernel") add("kernel", link.q, colour(link.q), { label: letter(link.q) });
  if (link.grid === "output") {
    output(link.canvas, own);
    const column = doc.columns[link.canvas];
    if (column >= 0) {
      frames.get("W").push({ column, kind: "solid" });
      frames.get("WT").push({ row: column, kind: "solid" });
    }
  }
  if (link.grid === "W") {
    both(link.cell, doc.columns[link.canvas], own);
    if (link.q === undefined) { input(link.cell, own); output(link.canvas, own); }
  }
  return { lists, frames };
}
