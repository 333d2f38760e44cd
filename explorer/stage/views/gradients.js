// The backward direction: every input cell collects dY from where its stamp went.

import { kinds } from "../kinds.js";
import { filled } from "../language.js";
import { stampMarks } from "../marks.js";
import { gradientSteps } from "../steps.js";
import { productText } from "../sums.js";
import { croppedKey, sayEmpty, stampValues } from "../words.js";

const gradientGrids = { gradient: kinds.gradient, kernel: kinds.kernel, upstream: kinds.upstream };

const words = {
  /** dX of a cell: what its window over dY collects. */
  input(speech, trace) {
    const { document: { gradient, weight }, sentences } = speech;
    const { channel, cell } = trace;
    if (!weight[channel]) return speech.say("input_elsewhere", stampValues(speech, trace));
    const kept = trace.pairs.filter(speech.isKept);
    const nameOf = ({ q, canvas }) => `${speech.nameY(canvas)}·${speech.nameK(channel, q)}`;
    const names = kept.map((pair) => speech.term(channel, nameOf(pair), pair.q));
    const products = kept.map(({ q, canvas }) => productWith(speech, canvas, channel, q));
    const sum = [...speech.sums.names(names), " = ", ...speech.sums.numbers(products)];
    return speech.say("input", {
      cell: speech.chip(speech.nameX(channel, cell), null),
      value: speech.bold(speech.gradient(channel, cell)),
      terms: kept.length ? sum : sentences.nothing,
      others: gradient.others ? filled(sentences.others, { count: gradient.others }) : "",
    });
  },
  /** dY of a cell: where it goes back to. */
  output(speech, trace) {
    const { upstream } = speech.document.gradient;
    const isInside = speech.isKept(trace);
    const cell = speech.chip(speech.nameY(trace.canvas), null);
    const value = speech.bold(speech.output(trace.canvas, upstream));
    if (!trace.pairs.length) return sayEmpty(speech, trace, { cell, value });
    const products = trace.pairs.map(({ channel, q }) => productWith(speech, trace.canvas, channel, q));
    const key = isInside ? "output" : croppedKey(speech, trace);
    return speech.say(key, { cell, value, products: speech.sums.numbers(products, speech.joints.list) });
  },
};

function productWith(speech, canvas, channel, q) {
  const upstream = speech.output(canvas, speech.document.gradient.upstream);
  return speech.term(channel, productText(upstream, speech.weight(channel, q)), q);
}

/** What every view's backward direction shares. */
export const gradients = {
  grids: gradientGrids,
  steps: gradientSteps,
  marks: stampMarks,
  words,
  letters: { input: "dX", output: "dY" },
};
