// The blank screen over everything, while somebody speaks.

import { element } from "../dom.js";
import { setInert } from "../inerting.js";

/** Appends the screen; returns what draws it. */
export function createBlank({ root, texts, store, signal }) {
  const screen = root.appendChild(element("div", "blank-screen"));
  screen.setAttribute("aria-label", texts.lecture.blank);
  screen.setAttribute("role", "img");
  screen.hidden = true;
  screen.addEventListener("click", () => store.set({ isBlank: false }), { signal });
  return ({ isBlank }) => {
    if (screen.hidden !== isBlank) return;
    screen.hidden = !isBlank;
    const hadFocus = root.contains(root.ownerDocument.activeElement);
    for (const part of root.children) if (part !== screen) setInert(part, "blank", isBlank);
    if (hadFocus) root.focus({ preventScroll: true }); // its keys bring the picture back
  };
}
