// Why an edit was refused, beside the grid of its cell; the cell keeps its old number and turns red.

import { element } from "../dom.js";
import { placeBeside } from "../geometry.js";

const MOST_LINES = 4, GAP = 6;

/** Appends the bubble; returns what draws it. */
export function createBubble({ root, store, picture, signal }) {
  const bubble = root.appendChild(element("div", "bubble"));
  bubble.setAttribute("role", "alert");
  bubble.hidden = true;
  let told = 0; // the last command whose refusal has been shown

  /** A refused cell's box; the command names it by its place in X, K or dY. */
  function boxOf({ grid: name, at }) {
    const grid = picture.grids.get(name);
    const [row, column] = at.slice(-2);
    const [top, left] = grid?.kind.partOf?.(store.state.document) ?? [0, 0];
    return grid?.box(row + top, column + left);
  }
  function show(refused) {
    const cells = refused.map(boxOf).filter(Boolean);
    if (!cells.length) return;
    for (const cell of cells) {
      cell.classList.add("bad");
      cell.setAttribute("aria-invalid", "true");
    }
    bubble.textContent = refused.slice(0, MOST_LINES).map(({ text }) => text).join("\n");
    bubble.hidden = false;
    place(cells.at(-1));
  }
  /** Never over the grid that it speaks of, and over no other where there is room beside them. */
  function place(cell) {
    const frame = root.getBoundingClientRect();
    const boxOfNode = (node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return { left: left - frame.left, top: top - frame.top, right: right - frame.left, bottom: bottom - frame.top };
    };
    const boards = [...root.querySelectorAll(".picture .board")].map(boxOfNode);
    const size = { width: bubble.offsetWidth, height: bubble.offsetHeight };
    const own = boxOfNode(cell.closest(".board"));
    const [left, top] = placeBeside(own, boxOfNode(cell).left, size, frame.width, boards, GAP);
    Object.assign(bubble.style, { left: `${left}px`, top: `${top}px` });
  }
  function hide() {
    bubble.hidden = true;
    for (const cell of root.querySelectorAll(".cell.bad")) {
      cell.classList.remove("bad");
      cell.removeAttribute("aria-invalid");
    }
  }
  root.addEventListener("pointerdown", () => store.set({ isBubbleShown: false }), { signal });

  return function draw({ status, document, isBubbleShown }, before) {
    const isClosed = before?.isBubbleShown && !isBubbleShown;
    if (document !== before?.document || isClosed) hide();
    const fresh = status.refused.filter(({ id, grid }) => id > told && grid);
    if (!fresh.length) return;
    told = Math.max(...fresh.map(({ id }) => id));
    show(fresh);
    store.set({ isBubbleShown: true });
  };
}
