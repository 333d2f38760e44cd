// One grid: a heatmap, and over it the numbers, the marks and the pointer.

import { element } from "../dom.js";
import { READABLE } from "../geometry.js";
import { numberText } from "../numbers.js";
import { createPainter } from "../painter.js";
import { addOverlays } from "./overlays.js";

const LINED = 8; // px: the smallest cell with lines around it
const LARGEST_FONT = 30;

/** A grid's nodes. `isEditable`: its numbers are inputs. */
export function createGrid(name, kind, isEditable) {
  const nodes = createNodes(name);
  const { node, title, tabs, blocks, layer } = nodes;
  const painter = createPainter(nodes.plot, name);
  const empty = { rows: 0, columns: 0, cell: 0, cells: [], values: [], current: [0, 0] };
  const grid = { name, kind, isEditable, node, title, layer, tabs, blocks, ...empty };
  addOverlays(grid, nodes);
  let shape = "";

  /**
   * Lay the grid out; `label` is its name for those who do not see it. `size` is the px of a square cell, or {width,
   * height, across}: `across` px from one column to the next leave gaps between the cells.
   */
  grid.shape = ({ rows, columns }, size, rowLabels, columnLabels, label) => {
    layer.setAttribute("aria-label", label);
    const { width = size, height = size, across = width } = size;
    const cell = Math.min(width, height);
    const key = [rows, columns, width, height, across, rowLabels.at(-1), columnLabels.at(-1)].join();
    if (key === shape) return;
    shape = key;
    Object.assign(grid, { rows, columns, cell, width, height, across, cells: [] });
    const lengths = { "--cell": cell, "--width": width, "--height": height, "--across": across };
    for (const [property, px] of Object.entries(lengths)) node.style.setProperty(property, `${px}px`);
    const properties = { "--rows": rows, "--columns": columns };
    for (const [property, value] of Object.entries(properties)) node.style.setProperty(property, value);
    const isReadable = cell >= READABLE;
    node.classList.toggle("tiny", !isReadable);
    node.classList.toggle("lined", cell >= LINED);
    grid.nameAxes(rowLabels, columnLabels);
    layer.replaceChildren();
    layer.setAttribute("role", roleOf(isEditable, isReadable));
    layer.tabIndex = isEditable ? -1 : 0;
    if (isReadable) addCells();
  };

  grid.nameAxes = (rowLabels, columnLabels) => {
    nodes.columnNames.replaceChildren(...nameNodes(columnLabels, grid.across, 6 + 6 * columnLabels.at(-1).length));
    nodes.rowNames.replaceChildren(...nameNodes(rowLabels, grid.height, 13));
  };

  function addCells() {
    for (let row = 0; row < grid.rows; row++) {
      const line = isEditable ? layer : layer.appendChild(element("div", "record"));
      if (!isEditable) line.setAttribute("role", "row");
      for (let column = 0; column < grid.columns; column++) {
        const box = line.appendChild(isEditable ? inputBox(row === 0 && column === 0) : textBox());
        Object.assign(box.dataset, { row, column });
        grid.cells.push(box);
      }
    }
  }

  /** Show values (flat). `textOf(row, column)` is a text in a value's place, or undefined. */
  grid.fill = (values, { bound, palette, canPaint, touched = null, textOf = null, editing = null }) => {
    const { rows, columns, height, across } = grid;
    grid.values = values;
    const isHidden = (index) => textOf?.(Math.floor(index / columns), index % columns)?.isHidden;
    const painted = textOf ? values.map((value, index) => (isHidden(index) ? null : value)) : values;
    // First the colours: they read the layout, which the numbers would make stale.
    if (canPaint) painter.paint({ rows, columns, height, across, bound, values: painted, palette });
    grid.cells.forEach((box, index) => {
      if (box === editing) return;
      const instead = textOf?.(Math.floor(index / columns), index % columns);
      write(box, instead?.text ?? numberText(values[index]));
      box.classList.toggle("pending", instead?.isPending === true);
      box.classList.toggle("masked", instead?.isHidden === true);
      box.classList.toggle("waiting", touched !== null && !touched.has(index));
    });
  };

  function write(box, text) {
    const property = isEditable ? "value" : "textContent";
    if (box[property] !== text) box[property] = text;
    if (box.dataset.length === String(text.length)) return;
    box.dataset.length = text.length;
    const byHeight = grid.cell * 0.38;
    const byWidth = (grid.cell * 1.55) / Math.max(text.length, 1);
    box.style.fontSize = `${Math.min(byHeight, byWidth, LARGEST_FONT)}px`;
  }

  /** Name the cells for those who do not see them, and say how they are changed. */
  grid.nameCells = (nameOf, hint) => {
    layer.title = hint;
    grid.cells.forEach((box, index) => box.setAttribute("aria-label", nameOf(index)));
  };

  /** Leave only the cells of these indices with a number. */
  grid.keepOnly = (indices) => {
    const kept = new Set(indices);
    grid.cells.forEach((box, index) => kept.has(index) || (box.textContent = ""));
  };

  /** [row, column] under a pointer event, or null. */
  grid.at = (event) => {
    const box = layer.getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / grid.height);
    const column = Math.floor((event.clientX - box.left) / grid.across);
    const isInGap = event.clientX - box.left - column * grid.across >= grid.width;
    const isInside = row >= 0 && column >= 0 && row < grid.rows && column < grid.columns;
    return isInside && !isInGap ? [row, column] : null;
  };
  grid.box = (row, column) => grid.cells[row * grid.columns + column];
  grid.dispose = painter.dispose;
  return grid;
}

function createNodes(name) {
  const node = element("figure", `grid grid-${name}`);
  const title = node.appendChild(element("figcaption", "title"));
  const tabs = node.appendChild(element("div", "tabs"));
  const blocks = node.appendChild(element("div", "blocks"));
  const board = node.appendChild(element("div", "scroll")).appendChild(element("div", "board"));
  const columnNames = board.appendChild(element("div", "names columns"));
  const rowNames = board.appendChild(element("div", "names rows"));
  const plot = board.appendChild(element("div", "plot"));
  const under = board.appendChild(element("div", "under"));
  const layer = board.appendChild(element("div", "layer"));
  const marks = board.appendChild(element("div", "marks"));
  tabs.hidden = blocks.hidden = true;
  layer.dataset.grid = name;
  return { node, title, tabs, blocks, columnNames, rowNames, plot, under, layer, marks };
}

/** Every name where there is room for it, else every tenth where there is room for that. */
function nameNodes(labels, cell, room) {
  const isShown = (index) => cell >= room || (index % 10 === 0 && cell * 10 >= 2 * room);
  return labels.map((text, index) => element("span", "", isShown(index) ? text : ""));
}

function roleOf(isEditable, isReadable) {
  if (isEditable) return "group";
  return isReadable ? "table" : "img";
}

function textBox() {
  const box = element("span", "cell");
  box.setAttribute("role", "cell");
  return box;
}

function inputBox(isFirst) {
  const box = element("input", "cell");
  Object.assign(box, { readOnly: true, type: "text", autocomplete: "off", spellcheck: false, inputMode: "text" });
  box.tabIndex = isFirst ? 0 : -1;
  return box;
}
