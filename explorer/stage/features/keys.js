// The stage's keys: inside it, and, for the stage that was used last, where nothing has the focus.

import { moveTraced, pinFocused } from "../moving.js";
import { pinned, stepAfter, stepBefore, stepTo } from "../state.js";

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const ALL_STAGES = ".tconv-stage";

export function listenToKeys(context) {
  const { root, store, host, picture, play, viewNames, signal } = context;
  const { ownerDocument } = root;

  // The stage used last says so by an attribute, which all stages of a page see.
  const use = () => {
    for (const stage of ownerDocument.querySelectorAll(ALL_STAGES)) stage.toggleAttribute("data-used", stage === root);
  };
  const isUsed = () => {
    const used = ownerDocument.querySelector(`${ALL_STAGES}[data-used]`);
    return (used ?? ownerDocument.querySelector(ALL_STAGES)) === root;
  };
  root.addEventListener("pointerdown", use, { signal });
  root.addEventListener("focusin", use, { signal });

  const show = (name) => host.can("view") && host.send("view", { name });

  /** By key; each gets the event, and returns false where the key is not its own. */
  const actions = {
    " ": () => play(),
    ArrowLeft: () => store.set(stepTo(stepBefore(store.state))),
    ArrowRight: () => store.set(stepTo(stepAfter(store.state))),
    Home: () => store.set(stepTo(0)),
    End: () => store.set(stepTo(store.state.document.steps)),
    Enter: () => pinFocused(context),
    Escape: () => escape(),
    p: () => store.set({ isPresenting: !store.state.isPresenting }),
    b: () => host.can("backward") && host.send("backward", { on: store.state.document.direction === "forward" }),
    e: () => host.examples !== undefined && store.set({ isGalleryOpen: true }),
    "?": () => store.set({ isHelpOpen: true }),
    ...Object.fromEntries(viewNames.map((name, at) => [String(at + 1), () => show(name)])),
  };

  function escape() {
    const { isBubbleShown, isSumOpen, document, pin, hover, isPresenting } = store.state;
    if (isBubbleShown) store.set({ isBubbleShown: false });
    else if (isSumOpen) store.set({ isSumOpen: false });
    else if (document.agreement.methods !== null) host.send("methods", { precision: "" });
    else if (pin || hover) store.set(pinned(""));
    else if (isPresenting) store.set({ isPresenting: false });
    else return false;
    return true;
  }

  function act(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (ARROWS[key] && event.shiftKey) return moveTraced(context, ...ARROWS[key]);
    if (key === " " && event.target.closest?.("button")) return false;
    if (key === "Enter" && event.target !== picture.grids.get(store.state.focused)?.layer) return false;
    return actions[key] ? actions[key](event) : false;
  }

  /** Whether a key that was pressed somewhere is for this stage. */
  function isOwn(event, isInside) {
    const { target, key } = event;
    const isNowhere = target === ownerDocument.body;
    if (target.closest?.("[role=dialog]") || store.state.editing || root.querySelector("dialog[open]")) return false;
    const isTyping = target.closest?.("input, textarea, select, [contenteditable], [role=combobox]");
    const isEverywhere = key === "?" || key.toLowerCase() === "p"; // no control of a page has these
    return isInside || (isUsed() && !target.closest?.(ALL_STAGES) && (isNowhere || (!isTyping && isEverywhere)));
  }

  function onKey(event) {
    const isInside = root.contains(event.target);
    const hasModifier = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (!isOwn(event, isInside)) return;
    if (hasModifier && (letter === "z" || letter === "y") && (isInside || event.target === ownerDocument.body)) {
      const name = letter === "y" || event.shiftKey ? "redo" : "undo";
      if (host.can(name)) host.send(name);
      return event.preventDefault();
    }
    if (!hasModifier && !event.altKey && act(event) !== false) event.preventDefault();
  }
  ownerDocument.addEventListener("keydown", onKey, { signal });

  // What presenting and its end leave without the focus.
  store.subscribe((state, before) => {
    if (before && state.isPresenting !== before.isPresenting) root.focus({ preventScroll: true });
  });
}
