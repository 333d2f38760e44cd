// What lies under and over a grid's cells: what is cropped, added or put in, and outlines.

import { element } from "../dom.js";
import { CORNERED } from "../fonts.js";
import { numberText } from "../numbers.js";

const ZERO_ENTRY = 0.35; // how much of the muted colour an entry has that is 0 and too small for its number

/** Gives a grid `crop`, `insertZeros`, `blank` and `mark`, which draw into these two nodes over its board. */
export function addOverlays(grid, { under, marks }) {
  /** Hatch what is cropped, dot what output_padding adds, and draw the crop frame. */
  grid.crop = ({ sizes: { window, canvas: [rows, columns], full } }, columnOf) => {
    const [top, left, height, width] = window;
    const bottom = top + height, right = left + width;
    const boxes = [
      ...croppedBoxes(grid, window, rows, columns),
      ...boxAt(grid, "added", full[0], left, bottom - full[0], width),
      ...boxAt(grid, "added", top, full[1], Math.min(bottom, full[0]) - top, right - full[1]),
    ];
    under.replaceChildren(...boxes, ...(boxes.length ? boxAt(grid, "window", top, left, height, width) : []));
    grid.cells.forEach((cell, index) => cell.classList.toggle("outside", columnOf[index] < 0));
  };

  /** Hatch the zeros that were put in, in strips, and what a negative border crops. */
  grid.insertZeros = ({ size: [rows, columns], window }, inputUnder) => {
    const [top, left, height, width] = window;
    const strips = [];
    for (let row = 0; row < rows; row++) strips.push(...stripsOf(grid, row, columns, inputUnder));
    const frame = height < rows || width < columns ? boxAt(grid, "window", top, left, height, width) : [];
    under.replaceChildren(...strips, ...croppedBoxes(grid, window, rows, columns), ...frame);
    grid.cells.forEach((cell, index) => cell.classList.toggle("zero", inputUnder[index] < 0));
  };

  /**
   * Take the colour off all cells but these. Where cells have no numbers, those of them that are 0 get a colour that is
   * not an empty cell's.
   */
  grid.blank = (indices, values, { background, muted }) => {
    const { rows, columns } = grid;
    const canvas = Object.assign(element("canvas", "blank"), { width: columns, height: rows });
    const brush = canvas.getContext("2d");
    brush.fillStyle = background;
    brush.fillRect(0, 0, columns, rows);
    brush.fillStyle = muted;
    brush.globalAlpha = ZERO_ENTRY;
    for (const index of indices) {
      const at = [index % columns, Math.floor(index / columns), 1, 1];
      brush.clearRect(...at);
      if (values[index] === 0 && !grid.cells.length) brush.fillRect(...at);
    }
    under.replaceChildren(canvas);
  };

  /**
   * Outlines over cells, frames around blocks of them, a pin at a cell ([row, column], or null), and the boxes of what
   * is chosen. Boxes are used again: what stays the same costs nothing.
   */
  grid.mark = (list, frames, pin = null, picks = []) => {
    const pins = pin ? [{ className: "pinned", row: pin[0], column: pin[1], height: 1, width: 1 }] : [];
    const boxes = [...frames.map((frame) => frameBox(grid, frame)), ...list.map((mark) => markBox(grid, mark))];
    const wanted = [...boxes, ...pins, ...picks];
    while (marks.childElementCount > wanted.length) marks.lastElementChild.remove();
    wanted.forEach((want, at) => renewBox(grid, marks.children[at] ?? marks.appendChild(element("div")), want));
  };
}

/** Put a box of `rows` × `columns` cells at a cell. */
function place(grid, box, row, column, rows, columns) {
  const width = (columns - 1) * grid.across + grid.width;
  const lengths = { top: row * grid.height, left: column * grid.across, width, height: rows * grid.height };
  for (const [property, px] of Object.entries(lengths)) box.style[property] = `${px}px`;
  return box;
}

/** A new box in a list, which is empty where the box would be. */
function boxAt(grid, className, row, column, rows, columns) {
  if (rows <= 0 || columns <= 0) return [];
  return [place(grid, element("div", className), row, column, rows, columns)];
}

function croppedBoxes(grid, [top, left, height, width], rows, columns) {
  const bottom = top + height, right = left + width;
  return [
    ...boxAt(grid, "cropped", 0, 0, top, columns),
    ...boxAt(grid, "cropped", bottom, 0, rows - bottom, columns),
    ...boxAt(grid, "cropped", top, 0, height, left),
    ...boxAt(grid, "cropped", top, right, height, columns - right),
  ];
}

function stripsOf(grid, row, columns, inputUnder) {
  const strips = [];
  for (let column = 0, from = 0; column <= columns; column++) {
    const ends = column === columns || inputUnder[row * columns + column] >= 0;
    if (ends) strips.push(...boxAt(grid, "inserted", row, from, 1, column - from));
    if (ends) from = column + 1;
  }
  return strips;
}

function frameBox(grid, { row = 0, column = 0, height = grid.rows, width = grid.columns, kind }) {
  return { className: `line ${kind}`, row, column, height, width };
}

function markBox(grid, { index, colour, corner = null, label = "", kind = "" }) {
  const at = { row: Math.floor(index / grid.columns), column: index % grid.columns, height: 1, width: 1 };
  const texts = grid.cell >= CORNERED ? { corner: signed(corner), label } : {};
  return { className: `mark ${kind}`, ...at, colour, ...texts };
}

const signed = (value) => (value === null ? "" : `${value < 0 ? "" : "+"}${numberText(value)}`);

function renewBox(grid, box, want) {
  const key = [grid.width, grid.height, grid.across, ...Object.values(want)].join();
  if (box.key === key) return;
  box.key = key;
  place(grid, box, want.row, want.column, want.height, want.width).className = want.className;
  box.style.setProperty("--mark", want.colour ?? "");
  const texts = ["corner", "label"].filter((name) => want[name]);
  box.replaceChildren(...texts.map((name) => element("span", name, want[name])));
}
