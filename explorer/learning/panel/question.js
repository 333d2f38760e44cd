// The open question: how it is answered, and what was said of the answer.

import { allow, box, button, element, named } from "../../stage/dom.js";
import { filled } from "./text.js";

/**
 * `send(name, args)` asks the server; `picked()` gives the cells that are chosen on the stage. Returns what makes the
 * card of a question.
 */
export function createQuestion({ words, send, picked }) {
  const forms = { size: sizeForm, number: numberForm, cells: cellsForm, choice: choiceForm, order: orderForm };
  let order = [];

  return function card(question, kept) {
    const node = element("form", `question ${question.state}`);
    Object.assign(node.dataset, { testid: "question", state: stateOf(question), kind: question.kind });
    node.noValidate = true;
    const form = forms[question.form](question, kept);
    const isOver = question.state === "right" || question.isPlayed;
    const check = button("primary", null, words.check);
    Object.assign(check, { type: "submit", hidden: isOver || question.form === "choice" });
    check.dataset.key = "check";
    node.onsubmit = (event) => {
      event.preventDefault();
      if (!isOver) send("answer", { given: form.given() });
    };
    for (const input of form.node.querySelectorAll("input, .option, .move")) input.disabled = isOver;
    const ask = element("p", "ask");
    ask.id = "tconv-ask";
    ask.append(element("strong", "", words.predict), " ", question.ask);
    node.setAttribute("aria-labelledby", ask.id);
    const given = box("given", ...question.pictures.map(pictureNode));
    given.hidden = !question.pictures.length;
    node.append(ask, given, box("answer", form.node, check), verdictOf(question));
    return node;
  };

  /** `data-state` knows three; an answer that could not be read leaves the question open. */
  function stateOf({ state }) {
    return state === "unread" ? "open" : state;
  }

  function verdictOf(question) {
    const node = element("div", `verdict ${question.state}`);
    node.setAttribute("role", "status");
    if (!question.reason) return node;
    const mark = { right: "✓", wrong: "✗", unread: "!" }[question.state];
    node.append(element("span", "mark", mark), " ", question.reason, " ");
    if (question.state === "unread") return node;
    const play = button("tool", () => send("play", {}), question.isPlayed ? words.play_again : words.play);
    play.dataset.key = "play";
    node.append(play);
    return node;
  }

  function field(name, value, label) {
    const input = element("input");
    Object.assign(input, { type: "text", value, autocomplete: "off", spellcheck: false, inputMode: "text", maxLength: 40 });
    input.dataset.key = `field ${name}`;
    return named(input, label);
  }

  function sizeForm(_, kept) {
    const [rows, columns] = [words.rows, words.columns].map((label, at) => field(at, kept?.[at] ?? "", label));
    return { node: box("size", rows, element("span", "", "×"), columns), given: () => [rows.value, columns.value] };
  }

  function numberForm(_, kept) {
    const input = field(0, kept ?? "", words.value);
    return { node: box("number", input), given: () => input.value };
  }

  function cellsForm() {
    const node = element("p", "count", filled(words.picked, { count: picked().length }));
    return { node, given: picked };
  }

  function choiceForm({ options }) {
    const nodes = options.map((option) => {
      const node = optionNode(option);
      node.onclick = () => send("answer", { given: option.name });
      return node;
    });
    return { node: box(options.some(({ picture }) => picture) ? "options pictures" : "options", ...nodes), given: () => "" };
  }

  function optionNode({ name, text, picture }) {
    const node = button("option");
    node.dataset.key = `option ${name}`;
    node.append(element("span", "letter", name.toUpperCase()));
    if (picture) node.append(pictureOf(picture));
    if (text) node.append(element("span", picture ? "hidden-text" : "", text));
    return node;
  }

  /** Pictures to be put in their order, each moved by its own buttons. */
  function orderForm({ options, state }, kept) {
    const names = options.map(({ name }) => name);
    if (state === "open" && !kept) order = names;
    if (kept) order = kept;
    const byName = new Map(options.map((option) => [option.name, option]));
    const list = element("ol", "order");
    const draw = () => list.replaceChildren(...order.map((name, at) => item(byName.get(name), at)));

    function item({ name, text, picture }, at) {
      const node = element("li");
      const move = (by, sign, label) => {
        const mover = named(button("move tool", () => swap(at, at + by, `${sign} ${name}`), sign), filled(label, { name: name.toUpperCase() }));
        mover.dataset.key = `${sign} ${name}`;
        allow(mover, at + by >= 0 && at + by < order.length);
        return mover;
      };
      node.append(element("span", "letter", name.toUpperCase()));
      if (picture) node.append(pictureOf(picture));
      if (text) node.append(element("span", picture ? "hidden-text" : "", text));
      node.append(move(-1, "↑", words.earlier), move(1, "↓", words.later));
      return node;
    }
    function swap(one, other, key) {
      [order[one], order[other]] = [order[other], order[one]];
      order = [...order];
      draw();
      list.querySelector(`[data-key="${key}"]`)?.focus();
    }
    draw();
    return { node: list, given: () => order };
  }
}

/** A picture that a question is about, with its text for those who do not see it. */
function pictureNode({ name, text, picture }) {
  const node = element("figure");
  node.append(element("span", "letter", name.toUpperCase()), pictureOf(picture), element("figcaption", "hidden-text", text));
  return node;
}

/** An SVG that the server drew, as an image: no script in it could run. */
function pictureOf(svg) {
  const image = element("img");
  Object.assign(image, { src: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt: "" });
  return image;
}
