// The open question: how it is answered, and what was said of the answer.

import { box, button, element, named } from "../../stage/dom.js";
import { choiceForm, figures, orderForm } from "./options.js";
import { filled } from "./text.js";

const MARKS = { right: "✓", wrong: "✗", unread: "!" };

/**
 * `answer({given})` and `play()` ask the server; `picked()` gives the cells that are chosen on the stage. Returns what
 * makes the card of a question: `given` is what was answered last, or null.
 */
export function createQuestion(context) {
  const { words, answer } = context;
  const forms = { size: sizeForm, number: numberForm, cells: cellsForm, choice: choiceForm, order: orderForm };

  return function card(question, given) {
    const node = element("form", `question ${question.state}`);
    const isOver = question.isPlayed;
    // An answer that could not be read leaves the question open.
    const state = question.state === "unread" ? "open" : question.state;
    Object.assign(node.dataset, { testid: "question", state, kind: question.kind });
    node.noValidate = true;
    const form = forms[question.form](context, question, given);
    const check = button("primary", null, words.check);
    Object.assign(check, { type: "submit", hidden: isOver || question.form === "choice" });
    check.dataset.key = "check";
    node.onsubmit = (event) => {
      event.preventDefault();
      if (!isOver && question.form !== "choice") answer({ given: form.given() });
    };
    for (const input of form.node.querySelectorAll("input, .option, .move")) input.disabled = isOver;
    const ask = element("p", "ask");
    ask.id = "tconv-ask";
    ask.append(element("strong", "", words.predict), words.joints.sentences, question.ask);
    node.setAttribute("aria-labelledby", ask.id);
    node.append(ask, ...figures(question.pictures), box("answer", form.node, check), verdict(context, question));
    return node;
  };
}

/** What was said of the answer, and how the stage plays the right one. */
function verdict({ words, play }, { state, reason, isPlayed }) {
  const node = element("div", `verdict ${state}`);
  if (!reason) return node;
  const mark = named(element("span", "mark", MARKS[state]), words[state]);
  mark.setAttribute("role", "img");
  node.append(mark, " ", reason, " ");
  if (state === "unread") return node;
  const again = button("tool", play, isPlayed ? words.play_again : words.play);
  again.dataset.key = "play";
  node.append(again);
  return node;
}

function field(name, value, label) {
  const input = element("input");
  Object.assign(input, { type: "text", value, autocomplete: "off", spellcheck: false, maxLength: 40 });
  input.dataset.key = `field ${name}`;
  return named(input, label);
}

function sizeForm({ words }, question, given) {
  const [rows, columns] = [words.rows, words.columns].map((label, at) => field(at, given?.[at] ?? "", label));
  return { node: box("size", rows, element("span", "", "×"), columns), given: () => [rows.value, columns.value] };
}

function numberForm({ words }, question, given) {
  const input = field(0, given ?? "", words.value);
  return { node: box("number", input), given: () => input.value };
}

function cellsForm({ words, picked }) {
  return { node: element("p", "count", filled(words.picked, { count: picked().length })), given: picked };
}
