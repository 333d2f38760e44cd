// Where the picture's grids stand, and how large their cells are.

import { box, element } from "../dom.js";
import { READABLE } from "../geometry.js";
import { filled } from "../language.js";
import { createGrid } from "./grid.js";
import { createGridMenu } from "./gridmenu.js";
import { overviewNode } from "./thumbnails.js";
import { titleText } from "./title.js";

const NARROW = 920, LEAST_HEIGHT = 240;
const FOOT = 14, FOOT_PRESENTING = 48;
const LARGEST_PRESENTING = 170, LARGEST = 86; // px of a cell

/** Puts grids into the picture's node and into `grids`. The function that it returns says whether it laid out anew. */
export function createLayout(context) {
  const { root, node, grids, gridAt, texts, host } = context;
  let laidOut = "", laidOutShapes = "";

  /** Give every grid its place and its cells their size, where the document's shape or the room is another. */
  function layOut(state) {
    const { document, direction, isPresenting, canPaint } = state;
    root.classList.toggle("narrow", root.clientWidth < NARROW);
    const room = roomOf(root, node, host, isPresenting), shapes = shapeOf(document);
    const key = JSON.stringify([room, isPresenting, canPaint, shapes]);
    const isSameGrids = shapes === laidOutShapes;
    const isHeld = state.editing && isSameGrids; // a cell that is being edited stays where it is
    if (key === laidOut || isHeld) return false;
    laidOut = key;
    laidOutShapes = shapes;
    const restoreFocus = keepFocus();
    const found = direction.arrange(document, direction, room);
    node.className = `picture ${found.arrangement}`;
    node.style.minHeight = `${room.height}px`;
    node.style.setProperty("--room", `${found.room ?? room.height}px`);
    node.style.setProperty("--share", found.share ? `${found.share}px` : "100%");
    for (const name of grids.keys()) if (!document.grids[name]) drop(name);
    node.replaceChildren(...direction.place(placing(state, found)));
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

  /** What a view places its grids with. */
  function placing(state, { arrangement, cells }) {
    const { document, direction, canPaint } = state;
    const sizeOf = (name) => {
      const cell = cells[direction.grids[name].role];
      return canPaint === false ? Math.max(cell, READABLE) : cell; // without colours, numbers at least
    };
    return {
      document,
      arrangement,
      grid: (name) => shapedGrid(state, name, sizeOf(name)).node,
      sign: (text) => Object.assign(element("span", "sign", text), {
        ariaHidden: "true",
        title: texts.sign_help[text] ?? "",
      }),
      pair: (...children) => box("pair", ...children),
      side: (pair, output, ...below) => box("side", box("top", pair, output), ...below),
      overview: (matrix) => (document.thumbnails ? [overviewNode(state, matrix, { texts, host })] : []),
      rest: (count) => (count ? [element("span", "rest", filled(texts.stage.rest, { count }))] : []),
    };
  }

  function shapedGrid({ document, direction, links }, name, cell) {
    const kind = direction.grids[name], part = document.grids[name];
    const isEditable = kind.edits !== undefined && host.can("edit");
    if (grids.has(name) && grids.get(name).isEditable !== isEditable) drop(name);
    if (!grids.has(name)) {
      const made = createGrid(name, kind, isEditable);
      made.menu = createGridMenu(name, kind, () => grids.get(name), context);
      grids.set(name, made);
    }
    const grid = grids.get(name);
    grid.kind = kind;
    grid.shape(part, cell, kind.rowNames(links, part), kind.columnNames(links, part), titleText(texts, part.title));
    return grid;
  }

  function drop(name) {
    grids.get(name).dispose();
    grids.delete(name);
  }

  return layOut;
}

/** px for the picture, and for the largest of its cells. */
function roomOf(root, node, host, isPresenting) {
  const top = isPresenting ? 0 : Math.max(root.getBoundingClientRect().top + window.scrollY, 0);
  const free = (isPresenting ? null : host.height?.()) ?? window.innerHeight - top;
  const taken = heightOfOthers(root) + (isPresenting ? FOOT_PRESENTING : FOOT);
  const width = node.clientWidth;
  const height = Math.max(free - taken, LEAST_HEIGHT);
  const largest = isPresenting ? LARGEST_PRESENTING : Math.max(LARGEST, Math.min(width * 0.085, height * 0.16));
  return { width, height, largest };
}

/** px that the other parts take; the bar none where a page puts it elsewhere. */
function heightOfOthers(root) {
  const isInFlow = (part) => ["static", "sticky"].includes(getComputedStyle(part).position);
  const others = root.querySelectorAll(":scope > :is(.bar, .player, .example, .sentence, .facts)");
  return [...others].filter(isInFlow).reduce((sum, part) => sum + part.offsetHeight, 0);
}

/** While this is the same, the same grids stand in the picture, in the same sizes. */
const shapeOf = ({ view, direction, channels: { ins, outs, inputs }, sizes, grids }) =>
  JSON.stringify([view, direction, ins, outs, inputs.length, sizes, Object.keys(grids)]);
