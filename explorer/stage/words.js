// The sentence beside the picture: templates from the text table, filled with names, numbers and coloured chips.

import { element, fragmentOf } from "./dom.js";
import { filled } from "./language.js";
import { biasOf, entryName, inputName, kernelName, outputName } from "./links.js";
import { MUTED, TRACED } from "./marks.js";
import { numberText } from "./numbers.js";
import { bracketed, createSums, productText } from "./sums.js";

/**
 * What the sentences of a scene are made of. `modes`: whose words the view takes, the most special first;
 * `isMasked(name)`: whether a cell is hidden; what it holds is not said then; `isOpen`: long sums are said whole.
 */
export function createSpeech(scene, { texts, colour, direction, isMasked, modes = direction.modes, isOpen = false }) {
  const { document, links } = scene;
  const { sentences, joints } = texts;
  const { channels } = document;
  const hasChannels = channels.ins > 1 || channels.outs > 1;
  const bracket = (letter, channel, indices) => `${letter}[${[...(hasChannels ? [channel] : []), ...indices]}]`;
  const numberOf = (name, value) => (isMasked(name) ? texts.stage.hidden : numberText(value));
  const own = {
    ...scene,
    sentences,
    joints,
    sums: createSums({ channel: scene.channel, sentences, hasChannels, isOpen }),
    input: (channel, cell) => numberOf(inputName(links, channel, cell), document.input[channel][cell]),
    weight: (channel, q) => numberOf(kernelName(links, channel, q), document.weight[channel][q]),
    template: (key) => sentences[modes.map((mode) => `${key}_${mode}`).find((name) => name in sentences) ?? key],
    say: (key, values) => fragmentOf(own.template(key), values),
    nameX: (channel, cell) => bracket(direction.letters.input, channel, links.inputAt(cell)),
    nameK: (channel, q) => bracket("K", `${channel},${channels.block}`, links.kernelAt(q)),
    nameY(canvas) {
      const [row, column] = links.canvasAt(canvas);
      const [top, left] = document.sizes.window;
      if (links.columnOf[canvas] < 0) return filled(sentences.canvas_cell, { r: row, c: column });
      return bracket(direction.letters.output, channels.shown[1], [row - top, column - left]);
    },
    chip(text, q) {
      const node = element("span", "chip", text);
      node.style.setProperty("--mark", q === null ? TRACED : colour(q));
      return node;
    },
    /** A term of a sum: the colour is that of the shown channel's kernel cell; other channels' cells are not drawn. */
    term(channel, text, q) {
      const node = own.chip(text, q);
      const isOther = channel !== scene.channel;
      node.classList.toggle("other", isOther);
      if (isOther) node.style.setProperty("--mark", MUTED);
      return { channel, node };
    },
    bold: (text) => element("b", "", text),
    isKept: ({ canvas }) => links.columnOf[canvas] >= 0,
    /** 2·3: an input's and a kernel's number. */
    product: ({ channel, cell, q }) =>
      own.term(channel, productText(own.input(channel, cell), own.weight(channel, q)), q),
    entry(channel, row, column, q) {
      const isKernelMasked = q !== null && isMasked(kernelName(links, channel, q));
      const value = q === null ? 0 : document.weight[channel][q];
      return isKernelMasked ? texts.stage.hidden : numberOf(entryName(links, channel, row, column), value);
    },
    gradient: (channel, cell) => numberOf(inputName(links, channel, cell), document.gradient.result[channel][cell]),
    /** The number of an output cell, from the values of its canvas. */
    output: (canvas, values) => numberOf(outputName(links, canvas), values[canvas]),
  };
  return own;
}

/** The same modes, each after its own words for a screen that is touched: there is no pointer to point with. */
export const touchModes = (modes) => [...modes.flatMap((mode) => [`${mode}_touch`, mode]), "touch"];

/** The sentence of a traced cell. */
export function wordsOfTrace(speech, direction, trace) {
  return (direction.words[trace.grid] ?? COMMON[trace.grid])(speech, trace);
}

/** The sentence of a step; `trace` is of the cell that the step is about. */
export function wordsOfStep(speech, direction, step, trace) {
  const last = String(speech.document.steps);
  if (step === null) return speech.say("done", { last });
  const bias = biasOf(speech.document);
  if (step === 0) return speech.say(bias ? "start_bias" : "start", { last, bias: numberText(bias) });
  return direction.words.step ? direction.words.step(speech, step, trace) : wordsOfTrace(speech, direction, trace);
}

// ---- what every view says in the same words
const COMMON = {
  kernel(speech, { channel, q, pairs }) {
    return speech.say("kernel", {
      cell: speech.chip(speech.nameK(channel, q), q),
      value: speech.weight(channel, q),
      count: String(pairs.filter(speech.isKept).length),
      all: String(pairs.length),
    });
  },
  W(speech, trace) {
    const { channel, cell, canvas, q } = trace;
    const isEntry = q !== null;
    const column = speech.links.columnOf[canvas];
    return fragmentOf(isEntry ? speech.sentences.entry : speech.sentences.no_entry, {
      entry: namesOfEntry(speech, trace).flatMap((name, at) => [...(at ? [" = "] : []), speech.chip(name, q)]),
      kernel: isEntry ? speech.nameK(channel, q) : "",
      value: speech.bold(speech.entry(channel, cell, column, q)),
      input: speech.nameX(channel, cell),
      output: speech.nameY(canvas),
    });
  },
  zero_inserted({ sentences }, { met }) {
    return fragmentOf(met.length ? sentences.zero : sentences.zero_never, { count: String(met.length) });
  },
};

/** What an entry is called in each matrix that is shown: Wᵀ[column,row], W[row,column]. */
function namesOfEntry({ document: { grids } }, { at: [row, column] }) {
  const transposed = grids.WT ? [`Wᵀ[${column},${row}]`] : [];
  return grids.W || !grids.WT ? [...transposed, `W[${row},${column}]`] : transposed;
}

/** What a traced cell is called. */
export function nameOfTrace(speech, trace) {
  const { grid, channel, cell, q, canvas } = trace;
  if (grid === "W") return namesOfEntry(speech, trace)[0];
  if (grid === "kernel") return speech.nameK(channel, q);
  return grid === "input" ? speech.nameX(channel, cell) : speech.nameY(canvas);
}

// ---- an input cell and its stamp, an output cell and its sum: scatter and matrix say them alike
export const stampWords = {
  step(speech, step, trace) {
    const values = { step: String(step), ...stampValues(speech, trace) };
    const kernel = speech.document.weight[trace.channel];
    return kernel ? speech.say("stamp", values) : fragmentOf(speech.sentences.elsewhere, values);
  },
  input(speech, trace) {
    const values = stampValues(speech, trace);
    const kernel = speech.document.weight[trace.channel];
    return kernel ? speech.say("input", values) : fragmentOf(speech.sentences.input_elsewhere, values);
  },
  output(speech, trace) {
    const cell = speech.chip(speech.nameY(trace.canvas), null);
    const value = speech.bold(speech.output(trace.canvas, speech.document.output));
    if (!trace.pairs.length) return sayEmpty(speech, trace, { cell, value });
    const nameOf = ({ channel, cell: x, q }) => `${speech.nameX(channel, x)}·${speech.nameK(channel, q)}`;
    const names = trace.pairs.map((pair) => speech.term(pair.channel, nameOf(pair), pair.q));
    const [biasName, bias] = biasTexts(speech, trace);
    const numbers = speech.sums.numbers(trace.pairs.map(speech.product));
    const terms = [...speech.sums.names(names), biasName, " = ", ...numbers, bias];
    return speech.say(speech.isKept(trace) ? "output" : croppedKey(speech, trace), { cell, terms, value });
  },
};

/** What the bias adds to a sum, as its name and as its number; both empty where it adds nothing. */
export function biasTexts(speech, trace) {
  const bias = biasOf(speech.document);
  if (!bias || !speech.isKept(trace)) return ["", ""];
  return [speech.sentences.plus_bias, ` + ${bracketed(numberText(bias))}`];
}

/** An output cell that no stamp reaches: inside, cropped, or added by output_padding. */
export function sayEmpty(speech, trace, values) {
  const [rows, columns] = speech.document.sizes.full;
  const isBeyond = trace.row >= rows || trace.column >= columns;
  if (!speech.isKept(trace)) return speech.say(croppedKey(speech, trace, "cropped_empty"), values);
  const key = isBeyond ? "added" : "output_empty";
  return speech.say(biasOf(speech.document) ? `${key}_bias` : key, values);
}

/** The key of what is said of a cropped cell: padding has cropped it, or what comes after the layer. */
export function croppedKey({ document: { afterwards, sizes } }, { row, column }, key = "cropped") {
  const [top, left] = sizes.window.map((first, at) => first - (afterwards.crop[at]?.[0] ?? 0));
  const [height, width] = afterwards.size;
  const isOfLayer = row >= top && row < top + height && column >= left && column < left + width;
  return isOfLayer ? `${key}_then` : key;
}

export function stampValues(speech, { channel, cell }) {
  const { document, links } = speech;
  const [row, column] = links.inputAt(cell);
  const kernel = document.weight[channel];
  const products = kernel ? links.stamps[cell].map((_, q) => speech.product({ channel, cell, q })) : [];
  const value = speech.input(channel, cell);
  return {
    cell: speech.chip(speech.nameX(channel, cell), null),
    value,
    factor: bracketed(value),
    reach: landingText(speech, document.landing.rows[row], document.landing.columns[column]),
    products: speech.sums.numbers(products, " "),
    channel: String(document.channels.shown[1]),
  };
}

/** Where canvas rows and columns are in Y: only what is cropped is called by the canvas's own numbers. */
function landingText(texts, rows, columns) {
  const { sentences, document: { sizes: { window: [top, left, height, width] } } } = texts;
  const inside = (reached, first, count) => reached.map((n) => n - first).filter((n) => n >= 0 && n < count);
  const own = [inside(rows, top, height), inside(columns, left, width)];
  const isKept = own.every((reached) => reached.length > 0);
  const isWhole = own[0].length === rows.length && own[1].length === columns.length;
  const [saidRows, saidColumns] = isKept ? own : [rows, columns];
  const key = isKept ? `lands${isWhole ? "" : "_partly"}` : "lands_outside";
  return filled(sentences[key], {
    rows: reachText(texts, "row", saidRows),
    columns: reachText(texts, "column", saidColumns),
  });
}

/** row 3; rows 3–5; rows 3, 5. */
export function reachText({ sentences, joints }, kind, reached) {
  const first = reached[0];
  const last = reached.at(-1);
  if (first === last) return filled(sentences[kind], { first });
  const isWhole = last - first + 1 === reached.length;
  const list = reached.join(joints.list);
  return filled(sentences[isWhole ? `${kind}s` : `${kind}s_spread`], { first, last, list });
}
