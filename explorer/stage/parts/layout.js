// Where the picture's grids stand, and how large their cells are.

import { arrange, restOf } from "../arranging.js";
import { box, element } from "../dom.js";
import { READABLE } from "../geometry.js";
import { filled } from "../language.js";
import { biasOf } from "../links.js";
import { numberText } from "../numbers.js";
import { isFixed } from "../picking.js";
import { bracketed } from "../sums.js";
import { excerptKind, START } from "./excerpt.js";
import { createGrid } from "./grid.js";
import { createGridMenu } from "./gridmenu.js";
import { overviewNode } from "./thumbnails.js";
import { titleText } from "./title.js";

const NARROW = 920, LEAST_HEIGHT = 240, LEAST_OF_COMPACT = 110;
const BETWEEN = 16; // px between two stages that share a page
const FOOT = 14, FOOT_PRESENTING = 48;
const OTHERS = ".bar, .player, .example, .sentence, .facts, .lecture-bar, .what-if";
const LARGEST_PRESENTING = 170, LARGEST = 86; // px of a cell

/**
 * Puts grids into the picture's node and into `grids`. `layOut` says whether it laid out anew; `slide` moves the rows
 * of a picture of one dimension; `excerpt.start` is where the excerpt of a large matrix begins.
 */
export function createLayout(context) {
  const { root, node, grids, gridAt, texts, host } = context;
  let laidOut = "", laidOutShapes = "", startOf = null;
  const excerpt = { start: START }; // of the matrix, where that is too large to be read

  /** Give every grid its place and its cells their size, where the document's shape or the room is another. */
  function layOut(state) {
    const { document, direction, isPresenting, canPaint } = state;
    root.classList.toggle("narrow", root.clientWidth < NARROW);
    const room = roomOf(root, node, host, state), shapes = shapeOf(document);
    const key = JSON.stringify([room, isPresenting, canPaint, shapes, isFixed(state)]);
    const isSameGrids = shapes === laidOutShapes;
    const isHeld = state.editing && isSameGrids; // a cell that is being edited stays where it is
    if (key === laidOut || isHeld) return false;
    laidOut = key;
    laidOutShapes = shapes;
    const restoreFocus = keepFocus();
    const found = arrange(document, direction, room);
    node.className = `picture ${document.view} ${found.form}`;
    node.style.minHeight = `${room.height}px`;
    excerpt.start = START;
    startOf = found.startOf ?? null;
    const before = new Set(grids.keys());
    node.replaceChildren(direction.forms[found.form](placing(state, found, (name) => before.delete(name))));
    before.forEach(drop);
    restoreFocus();
    return true;
  }

  /** Grids that are put elsewhere lose the focus: it goes back to where it was, or to the same cell or button. */
  function keepFocus() {
    const active = root.ownerDocument.activeElement;
    if (!node.contains(active)) return () => {};
    const focused = gridAt(active);
    const sameCell = () => {
      const isStill = focused !== undefined && grids.get(focused.name) === focused;
      return isStill ? (focused.box(...focused.current) ?? focused.layer) : undefined;
    };
    const sameButton = () => {
      const buttons = [...node.querySelectorAll("[data-key]")];
      return buttons.find(({ dataset }) => dataset.key === active.dataset.key);
    };
    return () => {
      const next = active.isConnected ? active : (sameCell() ?? sameButton() ?? root);
      next.focus({ preventScroll: true });
    };
  }

  /** What a form places its grids with. */
  function placing(state, { cells, excerpt: part }, placed) {
    const { document, direction, canPaint, isCompact } = state;
    const sizeOf = (name) => {
      const cell = cells[direction.grids[name].role];
      return canPaint === false && typeof cell === "number" ? Math.max(cell, READABLE) : cell; // numbers at least
    };
    const shaped = (...grid) => {
      placed(grid[0]);
      return shapedGrid(state, ...grid).node;
    };
    const plain = (name) => shaped(name, name, direction.grids[name], document.grids[name], sizeOf(name));
    return {
      document,
      isCompact,
      grid: plain,
      excerpt: part && ((name) => excerptOf(name, direction, part, shaped)),
      sign: signNode,
      row: (...parts) => box("row", ...parts),
      column: (...parts) => box("column", ...parts),
      axis: (...parts) => box("axis", ...parts),
      overview: (matrix) => (document.thumbnails ? [overviewNode(state, matrix, { texts, host })] : []),
      rest: () => restNodes(document, part, document.grids[direction.excerpt?.[0]]),
    };
  }

  function signNode(text) {
    const node = element("span", text === "→" ? "sign arrow" : "sign", text);
    return Object.assign(node, { ariaHidden: "true", title: texts.sign_help[text] ?? "" });
  }

  /** What a sum has besides what is shown: other blocks, the columns beside the excerpt, and the bias. */
  function restNodes(document, part, whole) {
    const count = restOf(document), bias = biasOf(document);
    const others = count ? [filled(texts.stage.rest, { count })] : [];
    const columns = part && part.columns < whole.columns ? [texts.stage.rest_columns] : [];
    const added = bias ? [filled(texts.stage.rest_bias, { bias: bracketed(numberText(bias)) })] : [];
    const said = [...columns, ...others, ...added];
    return said.length ? [element("span", "rest", said.join(" "))] : [];
  }

  /** The grid of the readable part of one of the three grids of which `direction.excerpt` is made. */
  function excerptOf(name, direction, { cell, rows, columns }, shaped) {
    const [start, size] = [
      [() => excerpt.start, { rows, columns }],
      [() => ({ row: excerpt.start.column, column: 0 }), { rows: columns, columns: 1 }],
      [() => ({ row: excerpt.start.row, column: 0 }), { rows, columns: 1 }],
    ][direction.excerpt.indexOf(name)];
    const kind = excerptKind(direction.grids[name], grids.get(name), start);
    return shaped(`${name}_excerpt`, name, kind, size, cell);
  }

  /** The grid `name` with a part of what `of`, a grid of the document, holds. */
  function shapedGrid(state, name, of, kind, part, cell) {
    const { document, links } = state, isEditable = kind.edits !== undefined && host.can("edit") && !isFixed(state);
    if (grids.has(name) && grids.get(name).isEditable !== isEditable) drop(name);
    if (!grids.has(name)) {
      const made = createGrid(name, kind, isEditable);
      made.menu = createGridMenu(of, kind, () => grids.get(name), context);
      grids.set(name, made);
    }
    const grid = grids.get(name);
    Object.assign(grid, { kind, of });
    grid.node.classList.toggle("map", cell.width !== cell.height);
    const { title } = document.grids[of];
    grid.shape(part, cell, kind.rowNames(links, part), kind.columnNames(links, part), titleText(texts, title));
    return grid;
  }

  function drop(name) {
    grids.get(name).dispose();
    grids.delete(name);
  }

  /** Put each row of a picture of one dimension over its columns: K moves with what is traced. */
  function slide(scene) {
    if (!startOf) return;
    for (const grid of grids.values()) grid.node.style.setProperty("--start", `${startOf(grid.kind.role, scene)}px`);
  }

  return { layOut, slide, excerpt };
}

/** px for the picture, and for the largest of its cells. */
function roomOf(root, node, host, { isPresenting, below, isCompact }) {
  const stages = isCompact && !isPresenting ? stagesAround(root) : [root];
  const top = isPresenting ? 0 : Math.max(stages[0].getBoundingClientRect().top + window.scrollY, 0);
  const free = (isPresenting ? null : host.height?.()) ?? window.innerHeight - top - (isPresenting ? 0 : below);
  const foot = isPresenting ? FOOT_PRESENTING : FOOT;
  const taken = stages.reduce((sum, stage) => sum + heightOfOthers(stage) + foot, BETWEEN * (stages.length - 1));
  const width = node.clientWidth;
  const height = Math.max((free - taken) / stages.length, isCompact ? LEAST_OF_COMPACT : LEAST_HEIGHT);
  const largest = isPresenting ? LARGEST_PRESENTING : Math.max(LARGEST, Math.min(width * 0.085, height * 0.16));
  return { width, height, largest, isCompact, isCourse: host.isCourse === true };
}

/** The stages with the same link, this one too: they stand below one another, and their cells are of one size. */
function stagesAround(root) {
  const all = [...root.ownerDocument.querySelectorAll(".tconv-stage.compact")];
  const linked = all.filter(({ dataset }) => dataset.link && dataset.link === root.dataset.link);
  return linked.length ? linked : [root];
}

/** px that the other parts take; the bar none where a page puts it elsewhere. */
function heightOfOthers(root) {
  const isInFlow = (part) => ["static", "sticky"].includes(getComputedStyle(part).position);
  const others = root.querySelectorAll(`:scope > :is(${OTHERS})`);
  return [...others].filter(isInFlow).reduce((sum, part) => sum + part.offsetHeight, 0);
}

/** While this is the same, the same grids stand in the picture, in the same sizes. */
function shapeOf(document) {
  const { view, direction, channels: { ins, outs, inputs }, sizes, grids } = document;
  return JSON.stringify([view, direction, ins, outs, inputs.length, sizes, Object.keys(grids), biasOf(document)]);
}
