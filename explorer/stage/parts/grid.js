// One grid: a heatmap, and over it the numbers, the marks and the pointer.

import { element } from "../dom.js";
import { commonFont, cornerFont, hatchOf, nameFont, NOT_YET, ownFont, shiftOf } from "../fonts.js";
import { READABLE } from "../geometry.js";
import { numberText } from "../numbers.js";
import { createPainter } from "../painter.js";
import { addOverlays } from "./overlays.js";

const LINED = 8; // px: the smallest cell with lines around it

/** A grid's nodes. `isEditable`: its numbers are inputs. */
export function createGrid(name, kind, isEditable) {
  const nodes = createNodes(name);
  const { node, title, tabs, blocks, layer } = nodes;
  const painter = createPainter(nodes.plot, name);
  const empty = { rows: 0, columns: 0, cell: 0, cells: [], values: [], current: [0, 0] };
  const grid = { name, kind, isEditable, node, title, layer, tabs, blocks, ...empty };
  addOverlays(grid, nodes);
  let shape = "", font = commonFont([]), labels = { rows: [], columns: [] };

  /**
   * Lay the grid out; `label` is its name for those who do not see it. `size` is the px of a square cell, or {width,
   * height, across}: `across` px from one column to the next leave gaps between the cells.
   */
  grid.shape = ({ rows, columns }, size, rowLabels, columnLabels, label) => {
    layer.setAttribute("aria-label", label);
    const { width = size, height = size, across = width } = size;
    const cell = Math.min(width, height);
    const key = [rows, columns, width, height, across, ...rowLabels, ...columnLabels].join();
    if (key === shape) return;
    shape = key;
    Object.assign(grid, { rows, columns, cell, width, height, across, cells: [] });
    const fonts = { "--name": nameFont(cell), "--corner": cornerFont(cell), "--hatch": hatchOf(cell) };
    const lengths = { "--cell": cell, "--width": width, "--height": height, "--across": across, ...fonts };
    for (const [property, px] of Object.entries(lengths)) node.style.setProperty(property, `${px}px`);
    const properties = { "--rows": rows, "--columns": columns };
    for (const [property, value] of Object.entries(properties)) node.style.setProperty(property, value);
    const isReadable = cell >= READABLE;
    node.classList.toggle("tiny", !isReadable);
    node.classList.toggle("flat", !hatchOf(cell));
    node.classList.toggle("lined", cell >= LINED);
    grid.nameAxes(rowLabels, columnLabels);
    layer.replaceChildren();
    layer.setAttribute("role", roleOf(isEditable, isReadable));
    layer.tabIndex = isEditable ? -1 : 0;
    if (isReadable) addCells();
  };

  grid.nameAxes = (rowLabels, columnLabels) => {
    labels = { rows: rowLabels, columns: columnLabels };
    const name = nameFont(grid.cell), room = (name * (1 + lengthOf(columnLabels))) / 2;
    nodes.columnNames.replaceChildren(...nameNodes(columnLabels, grid.across, room));
    nodes.rowNames.replaceChildren(...nameNodes(rowLabels, grid.height, name * 1.2));
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

  /** Choose the size of all numbers from those that the grid holds in the end, so that no step changes it. */
  grid.measure = (values) => {
    if (grid.cells.length) font = commonFont(values.map(numberText));
  };

  /** Show values (flat). `textOf(row, column)` is a text in a value's place, or undefined. */
  grid.fill = (values, { bound, palette, canPaint, touched = null, textOf = null, editing = null }) => {
    const { rows, columns, height, across } = grid;
    grid.values = values;
    const isHidden = (index) => textOf?.(Math.floor(index / columns), index % columns)?.isHidden;
    const painted = textOf ? values.map((value, index) => (isHidden(index) ? null : value)) : values;
    node.classList.toggle("asks", textOf !== null && values.some((_, index) => isHidden(index)));
    // First the colours: they read the layout, which the numbers would make stale.
    if (canPaint) painter.paint({ rows, columns, height, across, bound, values: painted, palette });
    grid.cells.forEach((box, index) => {
      if (box === editing) return;
      const instead = textOf?.(Math.floor(index / columns), index % columns);
      const isWaiting = touched !== null && !touched.has(index);
      write(box, instead?.text ?? (isWaiting ? NOT_YET : numberText(values[index])));
      box.classList.toggle("pending", instead?.isPending === true);
      box.classList.toggle("masked", instead?.isHidden === true);
      box.classList.toggle("waiting", isWaiting);
    });
  };

  function write(box, text) {
    const property = isEditable ? "value" : "textContent";
    if (box[property] !== text) box[property] = text;
    const name = isEditable ? box.ariaLabel : `${placeOf(box)}: ${text}`; // of an editable one see nameCells
    if (box.ariaLabel !== name) box.setAttribute("aria-label", name);
    const size = ownFont(font, text) * grid.cell;
    const shift = 2 * shiftOf(font, text);
    const place = `${size} ${shift}`;
    if (box.dataset.place === place) return;
    box.dataset.place = place;
    box.style.fontSize = `${size}px`;
    box.style.padding = `0 ${Math.max(-shift, 0)}ch 0 ${Math.max(shift, 0)}ch`;
  }

  /** Where a cell is, by the names of its row and column. */
  function placeOf({ dataset: { row, column } }) {
    return `${labels.rows[row] || row}, ${labels.columns[column] || column}`;
  }

  /** Name the cells for those who do not see them, and say how they are changed. */
  grid.nameCells = (nameOf, hint) => {
    layer.title = hint;
    grid.cells.forEach((box, index) => box.setAttribute("aria-label", nameOf(index)));
  };

  /** Leave only the cells of these indices with a number and a frame. */
  grid.keepOnly = (indices) => {
    const kept = new Set(indices);
    grid.cells.forEach((box, index) => {
      box.classList.toggle("entry", kept.has(index));
      if (!kept.has(index)) box.textContent = "";
    });
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

const lengthOf = (labels) => Math.max(...labels.map(({ length }) => length));

/** Every name where there is room for it, else every tenth where there is room for that. */
function nameNodes(labels, cell, room) {
  const first = Math.max(labels.findIndex(Boolean), 0);
  const isShown = (index) => cell >= room || ((index - first) % 10 === 0 && cell * 10 >= 2 * room);
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
