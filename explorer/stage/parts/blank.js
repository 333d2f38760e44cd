// The blank screen over everything, while somebody speaks.

import { element } from "../dom.js";

/** Appends the screen; returns what draws it. */
export function createBlank({ root, texts, store, signal }) {
  const screen = root.appendChild(element("div", "blank-screen"));
  screen.setAttribute("aria-label", texts.lecture.blank);
  screen.setAttribute("role", "img");
  screen.hidden = true;
  screen.addEventListener("click", () => store.set({ isBlank: false }), { signal });
  return ({ isBlank }) => { screen.hidden = !isBlank; };
}
