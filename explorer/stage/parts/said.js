// What has just been done and is not seen in the picture, for a moment.

import { element } from "../dom.js";

const SHOWN_MS = 2000;

/** Appends the line; returns what draws it. */
export function createSaid({ root, signal }) {
  const line = root.appendChild(element("div", "done"));
  line.setAttribute("role", "status");
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));

  return function draw({ said }, before) {
    if (said === (before?.said ?? null)) return;
    clearTimeout(timer);
    line.textContent = said.text;
    timer = setTimeout(() => { line.textContent = ""; }, SHOWN_MS);
  };
}
