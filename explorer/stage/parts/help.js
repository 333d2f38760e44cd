// The list of keys.

import { button, element, onClosed } from "../dom.js";

/** Appends the dialog of the keys; returns what draws it. */
export function createHelp({ root, texts, store, signal }) {
  const { keys, close, shortcuts } = texts.stage;
  const help = root.appendChild(element("dialog", "help"));
  const list = element("dl");
  for (const { keys: pressed, does } of Object.values(shortcuts))
    list.append(element("dt", "", pressed), element("dd", "", does));
  help.setAttribute("aria-label", keys);
  help.append(list, button("tool", () => help.close(), close));
  onClosed(help, () => store.set({ isHelpOpen: false }), signal);
  return ({ isHelpOpen }, before) => { if (isHelpOpen && !before?.isHelpOpen) help.showModal(); };
}
