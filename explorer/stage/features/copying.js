// A grid's numbers into the clipboard: all of them by Ctrl+C, in another form from the grid's menu.

import { FORMATS, rowsOf } from "../copying.js";

/** `copy(grid, format)`; where the page may not write into the clipboard, the text is shown to be copied by hand. */
export function createCopying({ store, texts }) {
  const textOf = (grid, format) => FORMATS[format](rowsOf(grid, store.state));
  const say = () => store.set({ said: { text: texts.stage.copied } });

  async function copy(grid, format) {
    const text = textOf(grid, format);
    try {
      await navigator.clipboard.writeText(text);
      say();
    } catch {
      store.set({ copyBox: text });
    }
  }
  return { copy, textOf, say };
}

/** Ctrl+C in a grid: all of it, for a spreadsheet. */
export function listenToCopies({ root, store, picture, copying, signal }) {
  const { ownerDocument } = root;
  ownerDocument.addEventListener("copy", (event) => {
    const grid = picture.gridAt(event.target) ?? picture.gridAt(ownerDocument.activeElement);
    if (!grid || store.state.editing) return;
    event.clipboardData.setData("text/plain", copying.textOf(grid, "tabs"));
    event.preventDefault();
    copying.say();
  }, { signal });
}
