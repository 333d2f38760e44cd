// The stage's keys: inside it and, for the stage that was used last, wherever the page has no use for a key itself.

import { isAsking, withHidingTurned } from "../hiding.js";
import { createLectureKeys } from "../lecturekeys.js";
import { moveTraced, pinFocused } from "../moving.js";
import { closeNotices, noticesOf, pinned, stepAfter, stepBefore, stepTo, whatIfTurned } from "../state.js";
import { takesKey } from "../typing.js";

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const ALL_STAGES = ".tconv-stage";

export function listenToKeys(context) {
  const { root, store, host, picture, play, viewNames, lecture, turnContrast, isFocusByPointer, signal } = context;
  const { ownerDocument } = root;

  // The stage used last says so by an attribute, which all stages of a page see.
  const use = () => {
    for (const stage of ownerDocument.querySelectorAll(ALL_STAGES)) stage.toggleAttribute("data-used", stage === root);
  };
  const isUsed = () => {
    const used = ownerDocument.querySelector(`${ALL_STAGES}[data-used]`);
    return (used ?? (host.isCourse ? null : ownerDocument.querySelector(ALL_STAGES))) === root;
  };
  root.addEventListener("pointerdown", use, { signal });
  root.addEventListener("focusin", use, { signal });
  // In a course the page has keys of its own: what is used outside of the stage takes them from it.
  const leave = ({ target }) => host.isCourse && !root.contains(target) && root.toggleAttribute("data-used", false);
  ownerDocument.addEventListener("pointerdown", leave, { signal, capture: true });
  ownerDocument.addEventListener("focusin", leave, { signal, capture: true });

  const can = (name) => host.can(name) && !store.state.asking; // another view tells what is asked
  const show = (name) => can("view") && host.send("view", { name });

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
    b: () => can("backward") && host.send("backward", { on: store.state.document.direction === "forward" }),
    w: () => host.can("what_if") && !isAsking(store.state) && host.send("what_if", whatIfTurned(store.state)),
    h: () => (!host.isCourse || host.can("hide")) && store.set(withHidingTurned(store.state)),
    k: () => turnContrast && turnContrast(),
    l: () => lecture.isPossible && store.set({ isPlaylistOpen: true }),
    e: () => host.examples !== undefined && store.set({ isGalleryOpen: true }),
    "?": () => store.set({ isHelpOpen: true }),
    ...Object.fromEntries(viewNames.map((name, at) => [String(at + 1), () => show(name)])),
  };

  function escape() {
    const { isBubbleShown, isSumOpen, document, pin, hover, isPresenting } = store.state;
    if (isBubbleShown) store.set({ isBubbleShown: false });
    else if (isSumOpen) store.set({ isSumOpen: false });
    else if (document.agreement.methods !== null) host.send("methods", { precision: "" });
    else if (document.what_if !== null) host.send("what_if", { name: "" });
    else if (pin || hover) store.set(pinned(""));
    else if (isPresenting) store.set({ isPresenting: false });
    else if (noticesOf(store.state).length) store.set(closeNotices(store.state));
    else return false;
    return true;
  }

  const takeForLecture = createLectureKeys(context);

  function act(event) {
    if (takeForLecture(event)) return true;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (ARROWS[key] && event.shiftKey) return moveTraced(context, ...ARROWS[key]);
    if (key === "Enter" && event.target !== picture.grids.get(store.state.focused)?.layer) return false;
    return actions[key] ? actions[key](event) : false;
  }

  /** Whether a key that was pressed somewhere is for this stage. */
  function isOwn({ target, key }) {
    if (!target.closest || store.state.editing || root.querySelector("dialog[open]")) return false;
    const { isPresenting, isBlank } = store.state, isForLecture = isPresenting && (isBlank || /^Page/.test(key));
    if (!isForLecture && takesKey(target, key, isFocusByPointer())) return false;
    if (root.contains(target)) return true;
    const isNowhere = target === ownerDocument.body;
    return isUsed() && !target.closest(ALL_STAGES) && (isNowhere || host.sharesKeys?.() === true);
  }

  let taken = ""; // the key that is held down and was the stage's
  function onKey(event) {
    const hasModifier = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (!isOwn(event)) return;
    if (hasModifier && (letter === "z" || letter === "y")) {
      const name = letter === "y" || event.shiftKey ? "redo" : "undo";
      if (host.can(name)) host.send(name);
      return event.preventDefault();
    }
    if (hasModifier || event.altKey || act(event) === false) return;
    event.preventDefault();
    taken = event.key;
  }
  ownerDocument.addEventListener("keydown", onKey, { signal });
  // Firefox presses a button when Space is let go: not where the stage has taken the key.
  ownerDocument.addEventListener("keyup", (event) => {
    if (event.key === taken) event.preventDefault();
    taken = "";
  }, { signal });
}
