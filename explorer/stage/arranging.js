// How a view's grids are arranged. A view says for each form which grids stand in rows and columns; the same
// description is measured here, which gives the size of the cells, and placed by the picture. Only the size of the
// cells depends on what is shown: the form depends on the width of the room alone.

import { bareBoxesOf, boxesOf, excerptBox, mapCells, overviewBox, REST, REST_ON_A_PHONE } from "./boxes.js";
import { between, READABLE } from "./geometry.js";
import { arrangeLine, isLine } from "./lines.js";
import { biasOf } from "./links.js";

const PHONE = 620, NARROW = 860; // px: rooms of at least so much are not a phone's, and not narrow
const PHONE_SCREEN = 640; // px of a phone's screen that a picture may take
const LARGEST_READABLE = 30, LARGEST_ON_A_PHONE = 52;
const LEAST_ROWS = 6, LEAST_SHARE = 0.22, MOST_ROWS_ON_A_PHONE = 12; // of an excerpt, and of the room's width
const FEWEST_COLUMNS = 5; // of an excerpt beside which X and K keep their numbers
const LARGEST_EXCERPT_CELL = 40;
/** px of a sign, and between the parts of a row or a column; stage.css has the same. */
const LOOSE = { sign: 34, gap: 10 }, TIGHT = { sign: 22, gap: 4 };

/** The form of a picture in a room of this width. In a course nothing is narrow: what is wide does not scroll. */
function formOf({ width, isCourse = false }) {
  if (width < PHONE) return "phone";
  return width < NARROW && !isCourse ? "narrow" : "wide";
}

/**
 * {form, cells: the size of each role's cells, excerpt: {cell, rows, columns} or null}. An excerpt is shown of a matrix
 * that is too large to be read.
 */
export function arrange(document, direction, room) {
  if (isLine(document, direction)) return arrangeLine(document, direction, room);
  const form = formOf(room), isPhone = form === "phone";
  const height = heightOf(direction, room, form), boxes = boxesOf(document, direction, isPhone, room.isCompact);
  const sizeOf = (boxOf, cells, excerpt) =>
    measured(direction, { form, isCompact: room.isCompact }, document, excerpt, (name) =>
      boxOf[name](cells[direction.grids[name].role]));
  const fitsIn = (boxOf, least = 0) => (cells, excerpt = null) => {
    const size = sizeOf(boxOf, cells, excerpt);
    return size.width <= room.width && size.height <= Math.max(height, least);
  };
  const isTooNarrow = !fitsIn(boxes)(cellsOf(direction, 1, 1)); // for the titles: they wrap, cells do not
  const fits = fitsIn(isTooNarrow ? bareBoxesOf(document) : boxes);
  const largest = isPhone ? Math.min(LARGEST_ON_A_PHONE, room.largest) : room.largest;
  const cells = cellsThat(fits, direction, largest);
  const whole = document.grids[direction.excerpt?.[0]];
  if (!whole || cells[direction.grids[direction.excerpt[0]].role] >= READABLE) return { form, cells, excerpt: null };
  return { form, ...excerptThat({ sizeOf, fitsIn, boxes }, document, direction, whole, room, isPhone) };
}

/** px down that a picture may take: below a wide one nothing scrolls. */
function heightOf({ screens = 1 }, room, form) {
  if (form === "wide") return room.height;
  return screens * Math.max(room.height, form === "phone" ? PHONE_SCREEN : 0);
}

/** One size for all cells. Where numbers do not fit at it, X and K keep theirs, and the other cells are smaller. */
function cellsThat(fits, direction, largest) {
  const sized = (own, others) => cellsOf(direction, own, others);
  const same = largestThat(largest, (cell) => fits(sized(cell, cell)));
  if (same >= READABLE) return sized(same, same);
  const beside = largestThat(READABLE, (cell) => fits(sized(READABLE, cell)));
  const others = beside >= same / 2 && fits(sized(READABLE, beside)) ? beside : same;
  return sized(Math.max(others, largestThat(LARGEST_READABLE, (cell) => fits(sized(cell, others)))), others);
}

/** The cells of X and K have `own` px, all others have `others`. */
function cellsOf({ grids }, own, others) {
  const isOwn = (role) => ["input", "kernel", "flipped"].includes(role);
  return Object.fromEntries(Object.values(grids).map(({ role }) => [role, isOwn(role) ? own : others]));
}

/** The cells beside an excerpt of the matrix, and the largest excerpt that fits there. */
function excerptThat({ sizeOf, fitsIn, boxes }, document, direction, whole, room, isPhone) {
  const maps = mapCells(document);
  const cell = isPhone ? READABLE : Math.floor(between(READABLE + 2, room.height / 20, LARGEST_EXCERPT_CELL));
  const of = (rows, columns) => ({ cell, rows, columns });
  const share = Math.max(Math.floor((LEAST_SHARE * room.width) / cell), 1);
  const leastOf = (columns) => of(Math.min(LEAST_ROWS, whole.rows), Math.min(columns, whole.columns));
  const smallest = { ...cellsOf(direction, 1, 1), ...maps };
  const { width, height } = sizeOf(boxes, smallest, leastOf(share));
  const fits = fitsIn(width > room.width ? bareBoxesOf(document) : boxes, height); // what is too high scrolls
  const cellsBeside = (part) =>
    ({ ...cellsThat((sized) => fits({ ...sized, ...maps }, part), direction, LARGEST_READABLE), ...maps });
  const fewer = largestThat(share, (columns) => cellsBeside(leastOf(columns)).kernel >= READABLE);
  const least = leastOf(fewer < FEWEST_COLUMNS ? share : fewer), cells = cellsBeside(least);
  const columns = largestThat(whole.columns, (count) => fits(cells, of(least.rows, count)));
  const most = isPhone ? Math.min(MOST_ROWS_ON_A_PHONE, whole.rows) : whole.rows;
  const rows = largestThat(most, (count) => fits(cells, of(count, columns)));
  return { cells, excerpt: of(rows, columns) };
}

/** The largest whole number up to `largest` that fits, at least 1. */
function largestThat(largest, fits) {
  let low = 1, high = Math.max(Math.floor(largest), 1);
  if (fits(high)) return high; // an excerpt that is the whole needs no room for the rest
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** How many more channels the shown product is summed over: alone it is only a part of the sum. */
export const restOf = ({ gradient, channels }) => (gradient ? gradient.others : channels.inputs.length - 1);

/** {width, height} in px of what a form places; `boxOf` measures a grid. */
function measured({ forms, isTight, excerpt: names }, { form, isCompact }, document, excerpt, boxOf) {
  const { sign, gap } = isTight || form === "phone" ? TIGHT : LOOSE;
  const sum = (values) => values.reduce((all, one) => all + one, 0) + gap * (values.length - 1);
  const widths = (parts) => parts.map(({ width }) => width), heights = (parts) => parts.map(({ height }) => height);
  const isChannelNamed = document.thumbnails !== null && form !== "phone";
  const isCut = excerpt !== null && excerpt.columns < document.grids[names[0]].columns;
  const hasRest = restOf(document) > 0 || biasOf(document) !== 0 || isCut;
  return forms[form]({
    document,
    isCompact,
    grid: boxOf,
    excerpt: excerpt && ((name) => excerptBox(excerpt, names.indexOf(name), isChannelNamed)),
    sign: () => ({ width: sign, height: sign }),
    overview: (matrix) => (document.thumbnails ? [overviewBox(document, matrix === "W")] : []),
    rest: () => (hasRest ? [{ width: form === "phone" ? REST_ON_A_PHONE : REST, height: sign }] : []),
    row: (...parts) => ({ width: sum(widths(parts)), height: Math.max(...heights(parts)) }),
    column: (...parts) => ({ width: Math.max(...widths(parts)), height: sum(heights(parts)) }),
  });
}
