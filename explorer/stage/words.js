// The sentence beside the picture: templates from the text table, filled with names, numbers and coloured chips.

import { element, fragmentOf } from "./dom.js";
import { filled } from "./language.js";
import { entryName, inputName, kernelName, outputName } from "./links.js";
import { TRACED } from "./marks.js";
import { numberText } from "./numbers.js";

const MOST_TERMS = 6;
const MOST_TERMS_OF_CHANNELS = 4; // with channels the names are longer

/**
 * What the sentences of a scene are made of. `modes`: whose words the view takes, the most special first;
 * `isMasked(name)`: whether a cell is hidden; what it holds is not said then.
 */
export function createSpeech(scene, { texts, colour, direction, isMasked, modes = direction.modes }) {
  const { document, links } = scene;
  const { sentences } = texts;
  const { channels } = document;
  const hasChannels = channels.ins > 1 || channels.outs > 1;
  const bracket = (letter, channel, indices) => `${letter}[${[...(hasChannels ? [channel] : []), ...indices]}]`;
  const numberOf = (name, value) => (isMasked(name) ? texts.stage.hidden : numberText(value));
  const own = {
    ...scene,
    sentences,
    number: numberText,
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
    bold: (text) => element("b", "", text),
    /** Nodes joined by a text, cut after the first few with a count of the rest. */
    joined(nodes, by) {
      const most = hasChannels ? MOST_TERMS_OF_CHANNELS : MOST_TERMS;
      const shown = nodes.slice(0, most).flatMap((node, index) => (index ? [by, node] : [node]));
      const rest = nodes.length - most;
      return rest > 0 ? [...shown, by, filled(sentences.more, { count: rest })] : shown;
    },
    isKept: ({ canvas }) => links.columnOf[canvas] >= 0,
    /** 2·3: an input's and a kernel's number. */
    factor: ({ channel, cell, q }) => own.chip(`${own.input(channel, cell)}·${own.weight(channel, q)}`, q),
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
  if (step === 0) return speech.say("start", { last });
  return direction.words.step ? direction.words.step(speech, step, trace) : wordsOfTrace(speech, direction, trace);
}

// ---- what every view says in the same words
const COMMON = {
  kernel(speech, { channel, q, pairs }) {
    const { document } = speech;
    return speech.say("kernel", {
      cell: speech.chip(speech.nameK(channel, q), q),
      value: speech.weight(channel, q),
      count: String(document.gradient ? pairs.filter(speech.isKept).length : pairs.length),
      all: String(pairs.length),
    });
  },
  W(speech, { at, channel, cell, canvas, q }) {
    const isEntry = q !== null;
    const column = speech.links.columnOf[canvas];
    return fragmentOf(isEntry ? speech.sentences.entry : speech.sentences.no_entry, {
      entry: speech.chip(`W[${at}]`, q),
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
    const symbolOf = ({ channel, cell: x, q }) => `${speech.nameX(channel, x)}·${speech.nameK(channel, q)}`;
    const symbols = trace.pairs.map((pair) => speech.chip(symbolOf(pair), pair.q));
    const terms = [...speech.joined(symbols, " + "), " = ", ...speech.joined(trace.pairs.map(speech.factor), " + ")];
    return speech.say(speech.isKept(trace) ? "output" : "cropped", { cell, terms, value });
  },
};

/** An output cell that no stamp reaches: inside, cropped, or added by output_padding. */
export function sayEmpty(speech, trace, values) {
  const [rows, columns] = speech.document.sizes.full;
  const isBeyond = trace.row >= rows || trace.column >= columns;
  if (isBeyond) return speech.say("added", values);
  return speech.say(speech.isKept(trace) ? "output_empty" : "cropped_empty", values);
}

export function stampValues(speech, { channel, cell }) {
  const { document, links } = speech;
  const [row, column] = links.inputAt(cell);
  const kernel = document.weight[channel];
  const products = kernel ? links.stamps[cell].map((_, q) => speech.factor({ channel, cell, q })) : [];
  return {
    cell: speech.chip(speech.nameX(channel, cell), null),
    value: speech.input(channel, cell),
    rows: reachText(speech.sentences, "row", document.landing.rows[row]),
    columns: reachText(speech.sentences, "column", document.landing.columns[column]),
    products: speech.joined(products, " "),
    channel: String(document.channels.shown[1]),
  };
}

/** row 3; rows 3–5; rows 3, 5. */
export function reachText(sentences, kind, reached) {
  const first = reached[0];
  const last = reached.at(-1);
  if (first === last) return filled(sentences[kind], { first });
  const isWhole = last - first + 1 === reached.length;
  return filled(sentences[isWhole ? `${kind}s` : `${kind}s_spread`], { first, last, list: reached.join(", ") });
}
