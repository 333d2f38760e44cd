// Which cells are outlined in which colour for a traced cell. Marks go to roles: each grid shows those of its own role.

export const TRACED = "var(--tconv-traced)";
export const MUTED = "var(--tconv-muted)";

/** A colour for each kernel position; beyond the palette's positions only traced ones are coloured, if they are few. */
export function colourOf(document, { kernel: colours }, positions) {
  if (isColoured(document, colours)) return (q) => colours[q];
  const distinct = [...new Set(positions)];
  return (q) => (distinct.length <= colours.length && distinct.includes(q) ? colours[distinct.indexOf(q)] : TRACED);
}

/** Whether each kernel position has a colour of its own; otherwise positions are labelled a,b. */
export const isColoured = ({ sizes: { kernel: [rows, columns] } }, colours) => rows * columns <= colours.length;

/** What a view's marks are put into: `marks` on cells and `frames` around blocks of cells, by role. */
export function createMarks({ document, links }, palette, colour) {
  const marks = new Map(), frames = new Map();
  const push = (map, role, value) => map.set(role, [...(map.get(role) ?? []), value]);
  const labelled = !isColoured(document, palette.kernel);
  const kernelCells = document.sizes.kernel[0] * document.sizes.kernel[1];
  const own = {
    marks,
    frames,
    colour,
    labelled,
    /** {index, colour, corner?, label?, kind?} on a flat cell of the grids of a role. */
    add: (role, index, shade, more = {}) => push(marks, role, { index, colour: shade, ...more }),
    /** {row?, column?, height?, width?, kind} around a block; what is not said spans the whole grid. */
    frame: (role, frame) => push(frames, role, frame),
    label: (q) => (labelled ? links.kernelAt(q).join() : ""),
    kernel(q, shade = colour(q)) {
      own.add("kernel", q, shade, { label: own.label(q) });
      own.add("flipped", kernelCells - 1 - q, shade, { label: own.label(q) });
    },
    input(cell, shade) {
      own.add("input", cell, shade);
      own.add("vec_input", cell, shade);
      if (links.spreadOf) own.add("zero_inserted", links.spreadOf[cell], shade);
    },
    output(canvas, shade, more) {
      own.add("output", canvas, shade, more);
      if (links.columnOf[canvas] >= 0) own.add("vec_output", links.columnOf[canvas], shade);
    },
    entry(cell, canvas, shade) {
      const column = links.columnOf[canvas];
      if (column < 0) return;
      own.add("W", cell * links.outputCells + column, shade);
      own.add("WT", column * links.inputCells + cell, shade);
    },
  };
  return own;
}

// ---- the marks of each kind of traced cell, as scatter and matrix show them; a view may have others

/** {grid: (marks, scene, trace)}. Only products of the shown input channel are drawn. */
export const stampMarks = {
  input(marks, scene, trace) {
    for (const { cell, q, canvas } of shown(scene, trace)) {
      marks.kernel(q);
      marks.output(canvas, marks.colour(q), { corner: productOf(scene, cell, q), label: marks.label(q) });
      marks.entry(cell, canvas, marks.colour(q));
    }
    if (trace.channel !== scene.channel) return;
    marks.input(trace.cell, TRACED);
    marks.frame("W", { row: trace.cell, height: 1, kind: "dashed" });
    marks.frame("WT", { column: trace.cell, width: 1, kind: "dashed" });
  },
  kernel(marks, scene, trace) {
    for (const { cell, q, canvas } of shown(scene, trace)) {
      marks.input(cell, MUTED);
      marks.output(canvas, marks.colour(q));
      marks.entry(cell, canvas, marks.colour(q));
    }
    marks.kernel(trace.q);
  },
  output(marks, scene, trace) {
    for (const { cell, q, canvas } of shown(scene, trace)) {
      marks.input(cell, marks.colour(q));
      marks.kernel(q);
      marks.entry(cell, canvas, marks.colour(q));
    }
    markOutput(marks, scene, trace);
  },
  W(marks, scene, trace) {
    for (const { cell, q, canvas } of shown(scene, trace)) {
      marks.input(cell, marks.colour(q));
      marks.kernel(q);
      marks.output(canvas, marks.colour(q));
    }
    marks.entry(trace.cell, trace.canvas, TRACED);
    if (trace.q !== null) return;
    marks.input(trace.cell, TRACED);
    marks.output(trace.canvas, TRACED);
  },
};

export const shown = (scene, { pairs }) => pairs.filter(({ channel }) => channel === scene.channel);

/** The traced output cell, and its column of W. */
export function markOutput(marks, { links }, { canvas }) {
  marks.output(canvas, TRACED);
  const column = links.columnOf[canvas];
  if (column < 0) return;
  marks.frame("W", { column, width: 1, kind: "solid" });
  marks.frame("WT", { row: column, height: 1, kind: "solid" });
}

/** What a stamp adds to a cell; null where no stamp is shown, or this one has not been stamped yet. */
function productOf({ document, links, channel, step }, cell, q) {
  const index = channel * links.inputCells + cell;
  return step === null || index < step ? (document.products?.[index]?.[q] ?? null) : null;
}
