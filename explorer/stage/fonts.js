// How large the texts in and around a grid's cells are, and where decimal numbers stand in them.

import { between } from "./geometry.js";

/** A number's font as a part of its cell: of short numbers, and of the longest that share one size. */
const LARGEST = 0.44, SMALLEST = 0.24;
const ROOM = 1.62; // a text of n characters has its room in a font of so many nths of the cell: a digit is half as wide

/** The names beside the cells; what a stamp adds, and the kernel position's label, in the corners of a cell. */
const NAME = 0.17, LARGEST_NAME = 20, CORNER = 0.2, SMALLEST_TEXT = 11; // px

/** px: the smallest cell that has room for a corner's text above its number and a label below it. */
export const CORNERED = 38;

/** What stands in a cell that no stamp has reached yet. */
export const NOT_YET = "·";

const HATCH = 13, SMALLEST_HATCHED = 14; // px

/**
 * px between two hatching lines, 0 in cells that are too small for them. A cell has a whole number of lines, so that
 * boxes side by side look like one.
 */
export const hatchOf = (cell) =>
  cell < SMALLEST_HATCHED ? 0 : cell / Math.max(Math.round(cell / HATCH), 1) / Math.SQRT2;

export const nameFont = (cell) => Math.round(between(SMALLEST_TEXT, cell * NAME, LARGEST_NAME));
export const cornerFont = (cell) => Math.max(SMALLEST_TEXT, Math.round(cell * CORNER));

const fitting = (characters) => Math.min(LARGEST, ROOM / Math.max(characters, 1));

/**
 * What all numbers of a grid have in common: `size`, that of their font as a part of a cell, and, where their decimal
 * points are to stand below one another, how many characters there are at most before the point and from it on.
 */
export function commonFont(texts) {
  const longest = Math.max(1, ...texts.map(widthOf));
  const common = { size: Math.max(fitting(longest), SMALLEST), before: 0, after: 0 };
  const isDecimal = texts.some((text) => text.includes(".")) && !texts.some((text) => text.includes("e"));
  if (!isDecimal) return common;
  const before = Math.max(...texts.map((text) => partsOf(text).before));
  const after = Math.max(...texts.map((text) => partsOf(text).after));
  const size = fitting(before + after);
  return size < SMALLEST ? common : { size, before, after };
}

/** A text's own font, as a part of its cell: the common one, but smaller where the text is too long for its cell. */
export const ownFont = ({ size }, text) => Math.min(size, fitting(widthOf(text)));

/** How many digits' widths a centred text moves to the right, so that its decimal point stands below the others'. */
export function shiftOf({ before, after }, text) {
  if (!after || !text) return 0;
  const own = partsOf(text);
  if (own.before > before || own.after > after) return 0;
  return (before - own.before - (after - own.after)) / 2;
}

/** How many digits' widths a text takes. */
function widthOf(text) {
  const { before, after } = partsOf(text);
  return before + after;
}

function partsOf(text) {
  const point = text.indexOf(".");
  return point < 0 ? { before: text.length, after: 0 } : { before: point, after: text.length - point - POINT };
}
const POINT = 0.5; // a point is half as wide as a digit
