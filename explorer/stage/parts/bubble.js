// Why an edit was refused, beside its cell; the cell keeps its old number and turns red.

import { element } from "../dom.js";
import { between } from "../geometry.js";

const MOST_LINES = 4, WIDTH = 290, GAP = 6;

/** Appends the bubble; returns what draws it. */
export function createBubble({ root, store, picture, signal }) {
  const bubble = root.appendChild(element("div", "bubble"));
  bubble.setAttribute("role", "alert");
  bubble.hidden = true;
  let told = 0; // the last command whose refusal has been shown

  function show(refused) {
    const cells = refused.map(({ grid, at }) => picture.grids.get(grid)?.box(...at.slice(-2))).filter(Boolean);
    if (!cells.length) return;
    for (const cell of cells) {
      cell.classList.add("bad");
      cell.setAttribute("aria-invalid", "true");
    }
    bubble.textContent = refused.slice(0, MOST_LINES).map(({ text }) => text).join("\n");
    bubble.hidden = false;
    const cell = cells.at(-1).getBoundingClientRect();
    const frame = root.getBoundingClientRect();
    bubble.style.left = `${between(0, cell.left - frame.left, Math.max(frame.width - WIDTH, 0))}px`;
    bubble.style.top = `${cell.bottom - frame.top + GAP}px`;
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
