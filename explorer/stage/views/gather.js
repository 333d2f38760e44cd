// Gather: the flipped kernel slides over the zero-inserted input, and each output cell is one window's sum.

import { kinds } from "../kinds.js";
import { filled } from "../language.js";
import { windowAt } from "../links.js";
import { markOutput, MUTED, shown, stampMarks, TRACED } from "../marks.js";
import { gatherSteps } from "../steps.js";
import { productText } from "../sums.js";
import { biasTexts, sayEmpty, stampWords } from "../words.js";
import { scatter } from "./scatter.js";

const MOST_SORTED = 6; // products of a window that are said in the window's own order

// ---- forms
/**
 * X over K → the zero-inserted X ★ K flipped = Y. Between the two large grids the signs stand over and below K. One
 * channel's window is only a part of the sum, where there are others: `rest` says so before the "=".
 */
const forms = {
  wide: ({ row, column, grid, sign, rest }) =>
    row(
      column(grid("input"), grid("kernel")),
      sign("→"),
      grid("zero_inserted"),
      column(sign("★"), grid("flipped"), ...rest(), sign("=")),
      grid("output"),
    ),
  narrow: ({ row, column, grid, sign, rest }) =>
    column(
      row(column(grid("input"), grid("kernel")), sign("→"), grid("zero_inserted")),
      row(sign("★"), grid("flipped"), ...rest(), sign("="), grid("output")),
    ),
  phone: ({ row, column, grid, sign, rest }) =>
    column(
      row(grid("input"), grid("kernel")),
      sign("→"),
      grid("zero_inserted"),
      row(sign("★"), grid("flipped"), ...rest(), sign("=")),
      grid("output"),
    ),
  lines: ({ axis, grid, sign, rest }) =>
    axis(
      grid("kernel"),
      grid("input"),
      ...[sign("→"), grid("zero_inserted")],
      ...[sign("★"), grid("flipped"), ...rest()],
      ...[sign("="), grid("output")],
    ),
};

// ---- marks
const marks = {
  ...stampMarks,
  /** An output cell, and the window that it gathers: products with a zero that was put in are dashed. */
  output(own, scene, trace) {
    for (const { cell, q } of shown(scene, trace)) own.input(cell, own.colour(q));
    markOutput(own, scene, trace);
    const { links } = scene;
    const under = windowAt(links, trace.canvas);
    under.forEach((spread, q) => {
      const isVain = spread < 0 || links.inputUnder[spread] < 0;
      const shade = isVain && own.labelled ? MUTED : own.colour(q);
      own.kernel(q, shade);
      if (isVain && spread >= 0) own.add("zero_inserted", spread, shade, { kind: "vain" });
    });
    if (under.some((spread) => spread < 0)) return;
    own.frame("zero_inserted", { ...frameAround(under, scene.document.zero_inserted.size[1]), kind: "solid" });
  },
  /** A zero that was put in, and the windows that meet it. */
  zero_inserted(own, scene, { met, spread }) {
    for (const { q, canvas } of met) {
      own.kernel(q);
      own.output(canvas, own.colour(q));
    }
    own.add("zero_inserted", spread, TRACED);
  },
};

/** The block {row, column, height, width} that flat cells span. */
function frameAround(cells, width) {
  const rows = cells.map((cell) => Math.floor(cell / width));
  const columns = cells.map((cell) => cell % width);
  const row = Math.min(...rows), column = Math.min(...columns);
  return { row, column, height: Math.max(...rows) - row + 1, width: Math.max(...columns) - column + 1 };
}

// ---- words
const words = {
  input: stampWords.input,
  output(speech, trace) {
    if (!speech.isKept(trace)) return stampWords.output(speech, trace);
    const cell = speech.chip(speech.nameY(trace.canvas), null);
    const value = speech.bold(speech.output(trace.canvas, speech.document.output));
    const [rows, columns] = speech.document.sizes.full;
    if (trace.row >= rows || trace.column >= columns) return sayEmpty(speech, trace, { cell, value });
    const { products, wasted } = windowValues(speech, trace), [, bias] = biasTexts(speech, trace);
    return speech.say("output", { cell, value, products: [...products, bias], wasted });
  },
};

/** The products of a window: in its own order, but of a large one those with the input's cells first. */
function windowValues(speech, { canvas, pairs }) {
  const { document, links, sentences } = speech;
  const realAt = (channel, q) => pairs.find((pair) => pair.channel === channel && pair.q === q);
  const positions = windowAt(links, canvas).map((_, q) => q).reverse();
  const productsOf = (channel) => positions.map((q) => ({ channel, q, real: realAt(channel, q) }));
  const products = document.channels.inputs.flatMap(productsOf);
  const real = products.filter((one) => one.real);
  const vain = products.filter((one) => !one.real);
  const ordered = positions.length > MOST_SORTED ? [...real, ...vain] : products;
  const terms = ordered.map((one) => (one.real ? speech.product(one.real) : vainProduct(speech, one)));
  const wasted = filled(sentences[keyOfWasted(real, vain)], { zeros: vain.length, count: products.length });
  return { products: speech.sums.numbers(terms), wasted };
}

function keyOfWasted(real, vain) {
  if (vain.length === 0) return "wasted_none";
  return real.length ? "wasted" : "wasted_all";
}

function vainProduct(speech, { channel, q }) {
  const term = speech.term(channel, productText("0", speech.weight(channel, q)), q);
  term.node.classList.add("vain");
  return term;
}

export const gather = {
  name: "gather",
  forward: {
    ...scatter.forward,
    modes: ["gather"],
    grids: { ...scatter.forward.grids, zero_inserted: kinds.zeroInserted, flipped: kinds.flipped },
    steps: gatherSteps,
    marks,
    words,
    hasBlocks: false,
    screens: 2,
    forms,
  },
  backward: { ...scatter.backward, modes: ["gather_backward", "backward"] },
};
