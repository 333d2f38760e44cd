// Whose a key is: the control's that has the focus, or the stage's.

const TEXTS = "textarea, select, [contenteditable=''], [contenteditable=true], [role=combobox], [role=textbox]";
const WITHOUT_TEXT = ["range", "radio", "checkbox", "button", "submit", "reset", "color", "file", "image"];
const LISTS = "dialog, [role=dialog], [role=menu], [role=listbox], [role=tree]";
const MENU_BUTTON = "[aria-haspopup=menu]";
const ARROWED = "[role=slider], [role=radio], [role=tab], input[type=range], input[type=radio]";
const PRESSED = `button, summary, a[href], [role=button], [role=switch], [role=checkbox], [role=radio],
  input[type=checkbox], input[type=radio]`;
const NUMBER_BEGINS = /^[\d.,+\-−–]$/;

/** Whether keys become text in a node. A cell of X or K takes text only while it is edited: else it is read-only. */
export function isTyping(target) {
  if (target.matches("input") && !target.matches(TEXTS)) return !target.readOnly && !WITHOUT_TEXT.includes(target.type);
  return target.closest(TEXTS) !== null;
}

/** Whether the control that has the focus needs a key itself. What was clicked leaves Space to the stage. */
export function takesKey(target, key, isFocusByPointer) {
  if (isTyping(target) || target.closest(LISTS)) return true;
  if (key === " ") return !isFocusByPointer && target.closest(PRESSED) !== null;
  if (target.closest(MENU_BUTTON)) return !isFocusByPointer && key !== "Escape";
  return /^(Arrow|Home|End|Page)/.test(key) && target.closest(ARROWED) !== null;
}

/** Whether a key alone begins to edit the cell that has the focus: a clicked cell leaves all keys to the stage. */
export const beginsNumber = (key, isFocusByPointer) => !isFocusByPointer && NUMBER_BEGINS.test(key);

/** Watches how the focus came to where it is; the function that it returns says whether by the pointer. */
export function watchFocus(ownerDocument, signal) {
  let isLastByPointer = false, isFocusByPointer = false;
  const listen = (type, act) => ownerDocument.addEventListener(type, act, { signal, capture: true });
  listen("pointerdown", () => { isLastByPointer = isFocusByPointer = true; });
  listen("keydown", () => { isLastByPointer = false; });
  listen("focusin", () => { isFocusByPointer = isLastByPointer; });
  return () => isFocusByPointer;
}
