// Gather: the flipped kernel slides over the zero-inserted input, and each output cell is one window's sum.

import { kinds } from "../kinds.js";
import { filled } from "../language.js";
import { windowAt } from "../links.js";
import { markOutput, MUTED, shown, stampMarks, TRACED } from "../marks.js";
import { gatherSteps } from "../steps.js";
import { productText } from "../sums.js";
import { sayEmpty, stampWords } from "../words.js";
import {
  bestOf,
  bonus,
  cellWithin,
  chromeOf,
  downFrom,
  HEAD,
  NAMES,
  partsOf,
  PHONE,
  REST,
  restOf,
  SIGN,
  TITLE,
} from "./arranging.js";
import { scatter } from "./scatter.js";

const LARGEST_SMALL = 56, LARGEST_ON_A_PHONE = 44, FLIPPED_TITLE = 120, TITLES = 72, FOOT = 18;
const MOST_SORTED = 6; // products of a window that are said in the window's own order

// ---- arrangement
/**
 * X above K, then the zero-inserted X, the flipped K and Y; where that is too narrow, the flipped K below K, or all in
 * one column.
 */
function arrangeGather(document, direction, room) {
  const parts = partsOf(document, direction);
  if (room.width < PHONE) return arrangePhone(parts, room);
  const chrome = chromeOf(document, parts, direction);
  const sizes = downFrom(Math.min(LARGEST_SMALL, room.largest), 2);
  const free = { ...room, width: room.width - (restOf(document) ? REST : 0) };
  return bestOf(sizes.flatMap((small) => candidates(parts, chrome, free, small))) ?? arrangePhone(parts, room);
}

/** Both arrangements with cells of `small` px in X and K. The small grids take `taken` px across and `high` px down. */
function candidates(parts, chrome, room, small) {
  const { input, kernel } = parts;
  const left = Math.max(chrome.inputWidth(small), chrome.kernelWidth(small)) + NAMES;
  const high = small * (input.rows + kernel.rows) + chrome.aboveInput + HEAD;
  const wideFlipped = Math.max(small * kernel.columns, FLIPPED_TITLE);
  const beside = { arrangement: "gather stack", taken: left + wideFlipped + NAMES, high, signs: 3, isBelow: false };
  const highBelow = high + small * kernel.rows + HEAD;
  const below = { arrangement: "gather stack three", taken: left, high: highBelow, signs: 2, isBelow: true };
  return [beside, below].flatMap((layout) => candidate(parts, chrome, room, small, layout));
}

/** A layout with the largest cells of the zero-inserted X and of Y, and its score; [] where it is too wide. */
function candidate({ input, kernel, output, zero_inserted: spread }, chrome, room, small, layout) {
  const { arrangement, taken, high, signs, isBelow } = layout;
  const free = room.width - taken - 2 * NAMES - signs * SIGN;
  const byWidth = free / (spread.columns + output.columns);
  const byHeight = (room.height - TITLES) / spread.rows;
  const byOutput = (room.height - chrome.aboveOutput - FOOT) / output.rows;
  const cell = cellWithin(1, room.largest, byWidth, byHeight, byOutput);
  const across = Math.max(cell * spread.columns, TITLE) + Math.max(chrome.outputWidth(cell), TITLE);
  const spare = Math.max(small * kernel.columns, FLIPPED_TITLE) + Math.max(free - across, 0); // px for the flipped K
  const flipped = Math.floor(isBelow ? small : Math.min(cell, 1.3 * small, spare / kernel.columns));
  const wideLeft = small * Math.max(input.columns, kernel.columns);
  const wideFlipped = isBelow ? 0 : flipped * kernel.columns;
  const wide = wideLeft + wideFlipped + cell * (spread.columns + output.columns);
  if (wide + (isBelow ? 3 : 4) * NAMES + signs * SIGN > room.width) return [];
  const over = Math.max(across - free, 0) + Math.max(high - room.height, 0);
  const readable = bonus(6, cell) + bonus(4, small) - (small < 12 ? 20 : 0);
  return [
    {
      arrangement,
      score: 2 * Math.min(cell, 44) + Math.min(small, 1.1 * cell) + readable - (isBelow ? 1 : 0) - over,
      cells: { input: small, kernel: small, flipped: Math.max(flipped, 1), zero_inserted: cell, output: cell },
    },
  ];
}

function arrangePhone({ input, kernel, output, zero_inserted: spread }, { width }) {
  const fit = (columns) => cellWithin(1, LARGEST_ON_A_PHONE, (width - NAMES) / columns);
  const small = fit(input.columns + 2 * kernel.columns + 4);
  const large = { zero_inserted: fit(spread.columns), output: fit(output.columns) };
  return { arrangement: "tall", cells: { input: small, kernel: small, flipped: small, ...large } };
}

/** One channel's window is only a part of the sum, where there are others: `rest` says so before the "=". */
function place({ grid, sign, pair, rest, arrangement, document }) {
  const [input, kernel, spread, flipped, output] = ["input", "kernel", "zero_inserted", "flipped", "output"].map(grid);
  if (arrangement.includes("three")) return [pair(input, kernel, flipped), sign("→"), spread, sign("→"), output];
  return [pair(input, kernel), sign("→"), spread, sign("★"), flipped, ...rest(restOf(document)), sign("="), output];
}

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
    return speech.say("output", { cell, value, ...windowValues(speech, trace) });
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
    arrange: arrangeGather,
    place,
  },
  backward: { ...scatter.backward, modes: ["gather_backward", "backward"] },
};
