// The lesson beside the stage: its text, its questions, and the way through the course. It computes nothing.

import { allow, box, button, element, renew } from "../../stage/dom.js";
import { lessonBar, lessonList, progressTools } from "./contents.js";
import { EMPTY, nextQuestion, readProgress, withAnswer, withPart } from "./progress.js";
import { createQuestion } from "./question.js";
import { filled, paragraphs } from "./text.js";

const STORE = "tconv-course";
const PRACTICE = "practice";

/**
 * Makes the panel in an element. `constants` are the words, the contents and the glossary; `send(name, args)` asks the
 * server, `visitPage(search)` for another address. Returns `update(data)`, with what explorer/learning/panel.py makes, and `dispose()`.
 */
export function createPanel(parent, { words, contents, glossary, reading }, { send, visitPage }) {
  const root = parent.appendChild(element("section", "tconv-lesson"));
  root.dataset.testid = "lesson";
  const controller = new AbortController();
  let data = null, progress = stored(), chosen = [], term = "", message = null, given = null, answered = "";

  const context = { words, contents, visit, progress: () => progress, keep, say };
  const ask = (name, args) => {
    if (name === "answer") given = args.given;
    send(name, args);
  };
  const card = createQuestion({ words, send: ask, picked: () => chosen });
  document.addEventListener("tconv-picked", ({ detail }) => {
    chosen = detail.chosen;
    const count = root.querySelector(".question .count");
    if (count) count.textContent = filled(words.picked, { count: chosen.length });
  }, { signal: controller.signal });

  function visit(lesson, part) {
    [term, message] = ["", null];
    send("visit", { lesson, part });
  }
  function keep(next) {
    progress = next;
    try {
      localStorage.setItem(STORE, JSON.stringify(progress));
    } catch {
      // A browser that keeps nothing: then the progress lasts as long as the page.
    }
    draw();
  }
  function say(text, label, action) {
    message = { text, label, action };
    draw();
  }
  const practise = () => send("practise", nextQuestion(progress, contents));
  const askFor = (number) => send("ask", { kind: data.kinds[number % data.kinds.length], number });
  const another = () => (data.lesson === PRACTICE ? practise() : askFor(data.question.number + 1));

  // ---- where the next and the one before are
  const places = contents.flatMap(({ name, parts }) => parts.map((_, at) => ({ lesson: name, part: at + 1 })));
  const at = () => places.findIndex(({ lesson, part }) => lesson === data.lesson && part === data.part);
  const lessonOf = () => contents.find(({ name }) => name === data.lesson);

  function heading() {
    const number = contents.findIndex(({ name }) => name === data.lesson) + 1;
    const cells = filled(words[data.cells.length > 1 ? "cells" : "cell"], { cells: data.cells.join(", ") });
    const where = number ? filled(words.lesson_of, { number, of: contents.length }) : "";
    const parts = number ? filled(words.part_of, { part: data.part, of: lessonOf().parts.length }) : "";
    const title = element("h2", "", data.title);
    title.tabIndex = -1;
    title.dataset.key = "title";
    const left = [where, data.cells.length ? cells : ""].filter(Boolean).join(" · ");
    return [box("where", element("span", "", left), element("span", "", parts)), title];
  }

  function body() {
    if (!data.hasText) return [];
    const text = box("text", ...paragraphs(data.blocks, (name) => { term = term === name ? "" : name; draw(); }));
    const list = data.lesson ? [] : [lessonList(context), ...readings()];
    return [text, ...(term ? [termCard()] : []), ...list];
  }

  function termCard() {
    const { title, text, page } = glossary[term];
    const show = button("tool", () => visitPage(searchOf(data, page)), words.show_term);
    show.dataset.key = "show term";
    const close = button("tool close", () => { term = ""; draw(); }, "✕");
    close.setAttribute("aria-label", words.close);
    const node = box("term-card", element("strong", "", title), close, element("p", "", text), show);
    node.setAttribute("role", "note");
    return node;
  }

  function readings() {
    const list = element("ul", "reading");
    list.append(...reading.map(({ title, by, url }) => {
      const link = Object.assign(element("a", "", title), { href: url, target: "_blank", rel: "noreferrer" });
      const item = element("li");
      item.append(link, ` · ${by}`);
      return item;
    }));
    return [element("h3", "", words.further), list];
  }

  function asking() {
    if (data.question) return [card(data.question, given)];
    if (data.lesson === PRACTICE) return [element("p", "", words.practice_text)];
    return [];
  }

  /** Below the text: a question, the way back to the part's picture, the explorer. */
  function tools() {
    const { question, isChanged, kinds, explore } = data;
    const nodes = [];
    const add = (key, action, text, style = "tool") => {
      const node = button(style, action, text);
      node.dataset.key = key;
      nodes.push(node);
      return node;
    };
    if (question) add("another", another, words.another);
    else if (kinds.length) add("ask", () => askFor(0), words.ask, "primary");
    if (data.lesson === PRACTICE && !question) add("practise", practise, words.practise, "primary");
    if (data.lesson && data.lesson !== PRACTICE) allow(add("leave", () => send("leave", {}), words.back_to_picture), isChanged);
    const link = element("a", "tool", words.explore);
    link.href = `./?${new URLSearchParams(explore)}`;
    link.dataset.key = "explore";
    link.hidden = Boolean(question && !question.isPlayed && question.state !== "right");
    return box("tools", ...nodes, link);
  }

  function foot() {
    const step = (key, place, text, style) => {
      const node = button(style, () => place && visit(place.lesson, place.part), text);
      allow(node, Boolean(place));
      node.dataset.key = key;
      return node;
    };
    const here = at(), isWelcome = data.lesson === "";
    const before = here > 0 ? places[here - 1] : isWelcome ? null : { lesson: "", part: 1 };
    const next = here >= 0 ? places[here + 1] : places[0];
    const practice = button("tool", practise, words.practice);
    practice.dataset.key = "practice";
    const nextText = isWelcome ? words.start : words.next;
    return box("foot", step("before", before, words.before, "tool"), practice, step("next", next, nextText, "primary"));
  }

  function messageNode() {
    if (!message) return [];
    const node = box("message", message.text, " ");
    node.setAttribute("role", "status");
    if (message.label) node.append(button("tool", takeBack, message.label));
    return [node];
  }
  function takeBack() {
    const { action } = message;
    message = null;
    action();
  }

  function draw() {
    if (!data) return;
    Object.assign(root.dataset, { lesson: data.lesson, part: data.part });
    root.classList.toggle("welcome", data.lesson === "");
    const bar = data.lesson ? [lessonBar(context, data)] : [];
    const own = data.lesson ? [] : [progressTools(context)];
    renew(root, ...heading(), ...bar, ...body(), ...asking(), ...messageNode(), tools(), ...own, foot());
  }

  /** The same question is the same for as long as its place and its number are. */
  const questionName = ({ lesson, part, question }) =>
    (question ? [lesson, part, question.kind, question.number].join() : "");

  function remember() {
    const { question, lesson, part, kinds } = data;
    const isOver = question && ["right", "wrong"].includes(question.state);
    if (isOver && answered !== questionName(data)) {
      answered = questionName(data);
      progress = withAnswer(progress, { kind: question.kind, search: data.about, isRight: question.state === "right" });
    }
    const isDone = lesson && lesson !== PRACTICE && (question?.state === "right" || !kinds.length);
    if (isDone || isOver) keep(isDone ? withPart(progress, lesson, part) : progress);
  }

  return {
    update(next) {
      const before = data;
      data = next;
      const isElsewhere = before && (before.lesson !== next.lesson || before.part !== next.part);
      if (!before || questionName(before) !== questionName(next)) [given, chosen] = [null, []];
      draw();
      remember();
      if (isElsewhere) root.querySelector("h2")?.focus({ preventScroll: true });
    },
    dispose() {
      controller.abort();
      root.remove();
    },
  };
}

/** What a browser keeps of the course. */
function stored() {
  try {
    return readProgress(localStorage.getItem(STORE)) ?? EMPTY;
  } catch {
    return EMPTY;
  }
}

/** The address of a page at the panel's place. */
const searchOf = ({ lesson, part }, page) => `?${new URLSearchParams({ lesson, part })}&${page.replace("?", "")}`;
