import { beginsNumber, isTyping, takesKey } from "../../explorer/stage/typing.js";
import { equal, test } from "./testing.js";

/** The innermost node of a piece of HTML. */
function node(html) {
  document.body.innerHTML = html;
  let inner = document.body;
  while (inner.firstElementChild) inner = inner.firstElementChild;
  return inner;
}
/** Which of these keys a node takes, reached by the keyboard or by the pointer. */
function taken(html, isByPointer = false) {
  const target = node(html);
  return ["1", "b", " ", "ArrowRight", "End", "Escape"].filter((key) => takesKey(target, key, isByPointer)).map((key) => key.replace("Arrow", ""));
}
const ALL = ["1", "b", " ", "Right", "End", "Escape"];

test("where text is typed every key is text", () => {
  for (const html of ["<input>", "<input type=search>", "<input role=combobox readonly>", "<textarea>", "<select>", "<p contenteditable><b></b></p>"])
    equal([taken(html), taken(html, true)], [ALL, ALL], html);
});

test("a cell that is only read takes no key, nor does the page", () => {
  equal([taken("<input readonly>"), taken("<div tabindex=0>"), taken("")], [[], [], []]);
  equal(isTyping(node("<input type=range>")), false);
});

test("a slider keeps its arrows, however it was reached", () => {
  for (const html of ["<input type=range>", "<div role=slider>"]) equal([taken(html), taken(html, true)], [["Right", "End"], ["Right", "End"]]);
});

test("Space presses a button that the keyboard has reached; one that was clicked leaves it to the stage", () => {
  for (const html of ["<button>", "<div role=switch>", "<input type=checkbox>", "<button><b></b></button>"])
    equal([taken(html), taken(html, true)], [[" "], []], html);
});

test("a menu has its own keys only, and so has its button", () => {
  equal(taken("<div role=menu><div role=menuitem></div></div>", true), ALL);
  equal(taken("<dialog><button></button></dialog>", true), ALL);
  equal(taken("<button aria-haspopup=menu>"), ["1", "b", " ", "Right", "End"]);
  equal(taken("<button aria-haspopup=menu>", true), []);
});

test("what begins a number edits a cell, but not one that was only clicked", () => {
  equal(["3", "-", "−", ".", ",", "b", "p", " ", "Enter"].filter((key) => beginsNumber(key, false)), ["3", "-", "−", ".", ","]);
  equal(beginsNumber("3", true), false);
});
