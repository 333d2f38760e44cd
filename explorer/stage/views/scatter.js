// Scatter: every input cell stamps the kernel onto the canvas.

import { READABLE } from "../geometry.js";
import { kinds } from "../kinds.js";
import { stampMarks } from "../marks.js";
import { stampSteps } from "../steps.js";
import { stampWords } from "../words.js";
import { bestOf, cellWithin, chromeOf, downFrom, NAMES, partsOf, PHONE, REST, restOf, SIGN } from "./arranging.js";
import { gradients } from "./gradients.js";

const LARGEST_ON_A_PHONE = 56, SMALLEST_OUTPUT = 4, STACK_GAP = 8;
const ROW_IS_NICER = 6; // points: X beside K reads better than X above K

/** X beside or above K, then Y; {arrangement, cells: px by role}. */
export function arrangeScatter(document, direction, room) {
  const parts = partsOf(document, direction);
  if (room.width < PHONE) return arrangePhone(parts, room, READABLE);
  const chrome = chromeOf(document, parts, direction);
  const largest = Math.floor(room.largest * 0.84);
  const free = { ...room, width: room.width - (document.gradient && restOf(document) ? REST : 0) };
  const fitting = (sizes) => bestOf(sizes.flatMap((small) => candidates(parts, chrome, free, small)));
  // Numbers to read, and where they cannot be: the largest cells that fit; else one grid below the other.
  const readable = [...downFrom(largest, READABLE + 1), READABLE];
  return fitting(readable) ?? fitting(downFrom(READABLE - 2, 2)) ?? arrangePhone(parts, room, 1);
}

function candidates({ input, kernel, output }, chrome, room, small) {
  const wideX = chrome.inputWidth(small), wideK = chrome.kernelWidth(small);
  const highX = small * input.rows + chrome.aboveInput;
  const highK = small * kernel.rows + chrome.aboveKernel;
  const row = {
    arrangement: "row",
    free: room.width - wideX - wideK - 3 * NAMES - 2 * SIGN,
    high: Math.max(highX, highK),
    cost: 0,
  };
  const stack = {
    arrangement: "stack",
    free: room.width - Math.max(wideX, wideK) - 2 * NAMES - SIGN,
    high: highX + highK + STACK_GAP,
    cost: ROW_IS_NICER,
  };
  const fits = ({ free, high }) =>
    (high <= room.height || small === READABLE) && free >= SMALLEST_OUTPUT * output.columns;
  const byHeight = (room.height - chrome.aboveOutput) / output.rows;
  return [row, stack].filter(fits).map(({ arrangement, free, cost }) => {
    const cell = cellWithin(SMALLEST_OUTPUT, room.largest, free / output.columns, byHeight);
    const score = 2 * cell + Math.min(small, 1.2 * cell) - cost;
    return { arrangement, score, cells: { input: small, kernel: small, output: cell } };
  });
}

/** One below the other: only the width binds. */
function arrangePhone({ input, kernel, output }, { width }, least) {
  const both = (width - 2 * NAMES - 10) / (input.columns + kernel.columns);
  const alone = (width - NAMES) / Math.max(input.columns, kernel.columns); // they wrap
  const small = cellWithin(1, LARGEST_ON_A_PHONE, Math.max(both, Math.min(least, alone)));
  const cell = cellWithin(1, LARGEST_ON_A_PHONE, (width - NAMES) / output.columns);
  return { arrangement: "tall", cells: { input: small, kernel: small, output: cell } };
}

/** dX is the sum over all output channels: `rest` says how many are not shown. */
function placeBackward({ grid, sign, pair, rest, document }) {
  const product = [pair(grid("gradient"), sign("="), grid("kernel")), sign("★"), grid("upstream")];
  return [...product, ...rest(restOf(document))];
}

export const scatter = {
  name: "scatter",
  forward: {
    modes: ["scatter"],
    letters: { input: "X", output: "Y" },
    grids: { input: kinds.input, kernel: kinds.kernel, output: kinds.output },
    steps: stampSteps,
    marks: stampMarks,
    words: stampWords,
    hasTabs: true,
    hasBlocks: true,
    arrange: arrangeScatter,
    place: ({ grid, sign, pair }) => [pair(grid("input"), sign("×"), grid("kernel")), sign("→"), grid("output")],
  },
  backward: {
    ...gradients,
    modes: ["scatter_backward", "backward"],
    hasTabs: true,
    hasBlocks: false,
    arrange: arrangeScatter,
    place: placeBackward,
  },
};
