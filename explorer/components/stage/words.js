// Sentences: templates from Python, filled with names, numbers and coloured chips.

/** A number as a cell shows it; the same rule as number_text in explorer/figures/grids.py. */
function show(value) {
  if (value === null || value === undefined) return "";
  const size = Math.abs(value);
  let text;
  if (size < 1e7 && (Number.isInteger(value) || size >= 9999.5)) text = (value || 0).toFixed(0);
  else {
    text = size < 1e-4 ? value.toExponential(3) : value.toPrecision(4);
    const [front, power] = text.split("e");
    text = String(Number(front)) + (power ? `e${power}` : "");
  }
  return text.startsWith("-") ? `−${text.slice(1)}` : text;
}

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** A template's text with each {place} filled by a string, a node or a list of both. */
function fill(template, values) {
  const out = document.createDocumentFragment();
  const copy = (part) => (part instanceof Node ? part.cloneNode(true) : part); // a place may stand twice
  template.split(/\{(\w+)\}/).forEach((part, index) => out.append(...(index % 2 ? [values[part] ?? ""].flat(9).map(copy) : [part])));
  return out;
}

const MOST_TERMS = 6;

/** The sentences of one document; `colour(q)` gives a kernel position its colour. */
function wordsOf(doc, texts, colour) {
  const many = doc.channels.ins > 1 || doc.channels.outs > 1;
  const width = doc.size[1], across = doc.kernel[1], canvasWidth = doc.canvas[1];
  const bracket = (letter, channels, first, second) => `${letter}[${many ? `${channels},` : ""}${first},${second}]`;
  const nameX = (ci, cell) => bracket("X", ci, Math.floor(cell / width), cell % width);
  const nameK = (ci, q) => bracket("K", `${ci},${doc.channels.block}`, Math.floor(q / across), q % across);
  const nameY = (canvas) => {
    const row = doc.output_names[0][Math.floor(canvas / canvasWidth)], column = doc.output_names[1][canvas % canvasWidth];
    if (row >= 0 && column >= 0) return bracket("Y", doc.channels.shown[1], row, column);
    return String(fill(texts.canvas_cell, { r: String(Math.floor(canvas / canvasWidth)), c: String(canvas % canvasWidth) }).textContent);
  };
  const chip = (text, q) => {
    const node = element("span", "chip", text);
    node.style.setProperty("--mark", q === null ? "var(--traced)" : colour(q));
    return node;
  };
  const bold = (text) => element("b", "", text);
  /** A list of nodes joined, cut after the first few with a count of the rest. */
  const joined = (nodes, by) => {
    const shown = nodes.slice(0, MOST_TERMS).flatMap((node, index) => (index ? [by, node] : [node]));
    const rest = nodes.length - MOST_TERMS;
    return rest > 0 ? [...shown, by, texts.more.replace("{count}", rest)] : shown;
  };
  const factor = ([ci, cell, q]) => chip(`${show(doc.input[ci][cell])}·${show(doc.weight[ci][q])}`, q);
  const stampValues = (ci, cell) => ({
    cell: chip(nameX(ci, cell), null),
    value: show(doc.input[ci][cell]),
    rows: doc.reach.rows[Math.floor(cell / width)],
    columns: doc.reach.columns[cell % width],
    products: joined(doc.cells[cell].map((_, q) => factor([ci, cell, q])), " "),
    channel: String(doc.channels.shown[1]),
  });

  function ofStepText(step) {
    const last = String(lastStep(doc));
    if (step === null) return fill(texts.done, { last });
    if (step === 0) return fill(texts.start, { last });
    const [ci, cell] = ofStep(doc, step);
    return fill(doc.weight[ci] ? texts.stamp : texts.elsewhere, { step: String(step), ...stampValues(ci, cell) });
  }

  function ofOutput(link) {
    const cell = chip(nameY(link.canvas), null);
    const inside = doc.columns[link.canvas] >= 0;
    if (!link.pairs.length) {
      const beyond = link.row >= doc.full[0] || link.column >= doc.full[1];
      return fill(beyond ? texts.added : inside ? texts.output_empty : texts.cropped_empty, { cell });
    }
    const symbols = joined(link.pairs.map(([ci, x, q]) => chip(`${nameX(ci, x)}·${nameK(ci, q)}`, q)), " + ");
    const terms = [...symbols, " = ", ...joined(link.pairs.map(factor), " + ")];
    return fill(inside ? texts.output : texts.cropped, { cell, terms, value: bold(show(doc.result[link.canvas])) });
  }

  function ofTrace(link) {
    if (link.grid === "output") return ofOutput(link);
    if (link.grid === "input")
      return fill(doc.weight[link.channel] ? texts.input : texts.input_elsewhere, stampValues(link.channel, link.cell));
    if (link.grid === "kernel")
      return fill(texts.kernel, {
        cell: chip(nameK(link.channel, link.q), link.q),
        value: show(doc.weight[link.channel][link.q]),
        count: String(link.pairs.length),
      });
    return fill(link.q === undefined ? texts.no_entry : texts.entry, {
      entry: chip(`W[${link.at}]`, link.q ?? null),
      kernel: link.q === undefined ? "" : nameK(link.channel, link.q),
      value: link.q === undefined ? "0" : bold(show(doc.weight[link.channel][link.q])),
      input: nameX(link.channel, link.cell),
      output: nameY(link.canvas),
    });
  }
  return { ofStepText, ofTrace, nameX, nameK, nameY };
}
