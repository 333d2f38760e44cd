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
  const width = doc.size[1], across = doc.kernel[1], canvasWidth = doc.canvas[1], back = doc.gradient;
  /** A sentence in the view's own words, if it has some. */
  const pick = (key) => texts[doc.modes.map((mode) => `${key}_${mode}`).find((name) => name in texts) ?? key];
  const bracket = (letter, channels, first, second) => `${letter}[${many ? `${channels},` : ""}${first},${second}]`;
  const nameX = (ci, cell) => bracket(back ? "dX" : "X", ci, Math.floor(cell / width), cell % width);
  const nameK = (ci, q) => bracket("K", `${ci},${doc.channels.block}`, Math.floor(q / across), q % across);
  const nameY = (canvas) => {
    const row = doc.output_names[0][Math.floor(canvas / canvasWidth)], column = doc.output_names[1][canvas % canvasWidth];
    if (row >= 0 && column >= 0) return bracket(back ? "dY" : "Y", doc.channels.shown[1], row, column);
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
    const most = many ? MOST_TERMS - 2 : MOST_TERMS; // channels make the names longer
    const shown = nodes.slice(0, most).flatMap((node, index) => (index ? [by, node] : [node]));
    const rest = nodes.length - most;
    return rest > 0 ? [...shown, by, texts.more.replace("{count}", rest)] : shown;
  };
  const kept = ({ pairs }) => pairs.filter(([, , , canvas]) => doc.columns[canvas] >= 0);
  const factor = ([ci, cell, q]) => chip(`${show(doc.input[ci][cell])}·${show(doc.weight[ci][q])}`, q);
  const stampValues = (ci, cell) => ({
    cell: chip(nameX(ci, cell), null),
    value: show(doc.input[ci][cell]),
    rows: doc.reach.rows[Math.floor(cell / width)],
    columns: doc.reach.columns[cell % width],
    products: doc.weight[ci] ? joined(doc.cells[cell].map((_, q) => factor([ci, cell, q])), " ") : "", // of another group
    channel: String(doc.channels.shown[1]),
  });

  function ofStepText(step, link) {
    const last = String(lastStep(doc));
    if (step === null) return fill(pick("done"), { last });
    if (step === 0) return fill(pick("start"), { last });
    if (doc.gather || back) return ofTrace(link);
    const [ci, cell] = ofStep(doc, step);
    return fill(doc.weight[ci] ? pick("stamp") : texts.elsewhere, { step: String(step), ...stampValues(ci, cell) });
  }

  function ofOutput(link) {
    const cell = chip(nameY(link.canvas), null), value = bold(show((back ? back.upstream : doc.result)[link.canvas]));
    const inside = doc.columns[link.canvas] >= 0;
    if (!link.pairs.length && (!doc.gather || !inside)) {
      const beyond = link.row >= doc.full[0] || link.column >= doc.full[1];
      return fill(pick(beyond ? "added" : inside ? "output_empty" : "cropped_empty"), { cell, value });
    }
    if (inside && doc.gather) return fill(pick("output"), { cell, value, ...windowValues(link) });
    const symbols = joined(link.pairs.map(([ci, x, q]) => chip(`${nameX(ci, x)}·${nameK(ci, q)}`, q)), " + ");
    const terms = back ? [] : [...symbols, " = ", ...joined(link.pairs.map(factor), " + ")];
    const products = link.pairs.map(([ci, , q]) => chip(`${show(back?.upstream[link.canvas])}·${show(doc.weight[ci][q])}`, q));
    return fill(pick(inside ? "output" : "cropped"), { cell, terms, value, count: String(products.length), products: joined(products, ", ") });
  }

  /** The products under a window: in its own order while all of them fit, else those of the input's cells first. */
  function windowValues({ canvas, pairs }) {
    const real = new Map(pairs.map((pair) => [`${pair[0]},${pair[2]}`, pair])), positions = windowAt(doc, canvas).map((_, q) => q).reverse();
    const all = doc.channels.inputs.flatMap((ci) => positions.map((q) => [ci, null, q]));
    if (all.length > MOST_TERMS) all.sort((one, other) => real.has(`${other[0]},${other[2]}`) - real.has(`${one[0]},${one[2]}`));
    const nodes = all.map(([ci, , q]) => {
      const pair = real.get(`${ci},${q}`);
      if (pair) return factor(pair);
      const node = chip(`0·${show(doc.weight[ci][q])}`, q);
      node.classList.add("vain");
      return node;
    });
    const zeros = all.length - pairs.length, key = zeros === 0 ? "wasted_none" : pairs.length ? "wasted" : "wasted_all";
    return { products: joined(nodes, " + "), wasted: fill(texts[key], { zeros: String(zeros), count: String(all.length) }).textContent };
  }

  /** dX of a cell: what its window over dY collects. */
  function ofGradient(link) {
    const pairs = kept(link), { others } = back;
    const products = pairs.map(([ci, , q, canvas]) => chip(`${show(back.upstream[canvas])}·${show(doc.weight[ci][q])}`, q));
    const symbols = pairs.map(([ci, , q, canvas]) => chip(`${nameY(canvas)}·${nameK(ci, q)}`, q));
    return fill(pick("input"), {
      cell: chip(nameX(link.channel, link.cell), null),
      value: bold(show(back.result[link.channel][link.cell])),
      terms: pairs.length ? [...joined(symbols, " + "), " = ", ...joined(products, " + ")] : texts.nothing,
      others: others ? texts.others.replace("{count}", others) : "",
    });
  }

  function ofTrace(link) {
    if (link.grid === "output") return ofOutput(link);
    if (link.grid === "zero_inserted") return fill(link.met.length ? texts.zero : texts.zero_never, { count: String(link.met.length) });
    if (link.grid === "input" && !doc.weight[link.channel])
      return fill(texts.input_elsewhere, stampValues(link.channel, link.cell));
    if (link.grid === "input") return back ? ofGradient(link) : fill(pick("input"), stampValues(link.channel, link.cell));
    if (link.grid === "kernel")
      return fill(pick("kernel"), {
        cell: chip(nameK(link.channel, link.q), link.q),
        value: show(doc.weight[link.channel][link.q]),
        count: String(back ? kept(link).length : link.pairs.length),
        all: String(link.pairs.length),
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
