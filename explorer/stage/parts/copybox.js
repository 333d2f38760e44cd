// A text to be copied by hand, where the page may not write into the clipboard.

import { button, element } from "../dom.js";

/** Appends the dialog; returns what draws it. */
export function createCopyBox({ root, texts, store, signal }) {
  const { copy_by_hand: hint, close } = texts.stage;
  const dialog = element("dialog", "copy-box");
  const text = Object.assign(element("textarea"), { readOnly: true, rows: 8, spellcheck: false });
  text.setAttribute("aria-label", hint);
  dialog.append(element("p", "", hint), text, button("tool", hide, close));
  dialog.addEventListener("cancel", hide, { signal }); // Escape
  function hide() {
    store.set({ copyBox: null });
    dialog.close();
    dialog.remove();
  }

  return function draw({ copyBox }) {
    if (copyBox === null || dialog.open) return;
    text.value = copyBox;
    root.append(dialog);
    dialog.showModal();
    text.focus();
    text.select();
  };
}
