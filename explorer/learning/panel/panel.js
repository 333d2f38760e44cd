// The lesson beside the stage: its text, its questions, and the way through the course. It computes nothing.

import { box, button, element, renew } from "../../stage/dom.js";
import { isOvertaken } from "../../stage/hosts/overtaking.js";
import { lessonBar, lessonList, progressTools } from "./contents.js";
import { heading, readings, termCard } from "./parts.js";
import { nextQuestion, withAnswer, withPart } from "./progress.js";
import { createQuestion } from "./question.js";
import { keepProgress, storedProgress } from "./storing.js";
import { filled, paragraphs } from "./text.js";
import { foot, tools } from "./ways.js";

const PRACTICE = "practice";

/** A question is the same as long as its place and its number are. */
const questionName = ({ lesson, part, question }) =>
  (question ? [lesson, part, question.kind, question.number].join() : "");

/**
 * Makes the panel in an element. `constants` are the words, the contents, the glossary and the further reading;
 * `send(name, args)` asks the server, `visitPage(search)` for another address. Returns `update(data)`, with what
 * explorer/learning/panel.py makes and the answer {session, number, done} that it belongs to, and `dispose()`.
 */
export function createPanel(parent, constants, { send, visitPage }) {
  const { words, contents } = constants;
  const root = parent.appendChild(element("section", "tconv-lesson"));
  root.dataset.testid = "lesson";
  // What is said of an answer is new on the page with its whole card: a line that stays says it.
  const spoken = parent.appendChild(element("div", "hidden-text tconv-said"));
  spoken.setAttribute("role", "status");
  const controller = new AbortController();
  let data = null, progress = storedProgress(), chosen = [], term = "", message = null, given = null, answered = "";

  const context = {
    ...constants,
    send,
    visitPage,
    progress: () => progress,
    keep,
    say(text, label, action) {
      message = { text, label, action };
      draw();
    },
    visit(lesson, part) {
      [term, message] = ["", null];
      send("visit", { lesson, part });
    },
    practise() {
      [term, message] = ["", null];
      send("practise", nextQuestion(progress, contents, data.question?.number));
    },
    ask: (number) => send("ask", { kind: data.kinds[number % data.kinds.length], number }),
    showTerm(name) {
      term = term === name ? "" : name;
      draw();
    },
  };
  const answer = (args) => {
    ({ given } = args);
    send("answer", args);
  };
  const card = createQuestion({ words, answer, play: () => send("play", {}), picked: () => chosen });
  document.addEventListener("tconv-picked", ({ detail }) => pick(detail.chosen), { signal: controller.signal });

  function pick(names) {
    chosen = names;
    const count = root.querySelector(".question .count");
    if (count) count.textContent = filled(words.picked, { count: names.length });
  }
  function keep(next) {
    progress = next;
    keepProgress(progress);
    draw();
  }

  function draw() {
    if (!data) return;
    Object.assign(root.dataset, { lesson: data.lesson, part: data.part });
    const isWelcome = data.lesson === "";
    renew(
      root,
      ...heading(context, data),
      ...(isWelcome ? [] : [lessonBar(context, data)]),
      ...(data.hasText ? texts(isWelcome) : []),
      ...(data.question ? [card(data.question, given)] : []),
      ...messageNode(),
      tools(context, data),
      ...(isWelcome ? [progressTools(context)] : []),
      foot(context, data),
    );
    speak();
  }
  function texts(isWelcome) {
    const text = box("text", ...paragraphs(data.blocks, context.showTerm));
    const about = data.lesson === PRACTICE && !data.question ? [element("p", "", words.practice_text)] : [];
    const rest = isWelcome ? [lessonList(context), ...readings(context)] : about;
    return [text, ...(term ? [termCard(context, data, term)] : []), ...rest];
  }
  function messageNode() {
    if (!message) return [];
    const { text, label, action } = message;
    const node = box("message", text, " ");
    if (label) node.append(button("tool", () => { message = null; action(); }, label));
    return [node];
  }

  /** Say what was said of the answer, and the message, to those who do not see them. */
  function speak() {
    const { reason, state } = data.question ?? {};
    const said = [...(reason ? [words[state], reason] : []), ...(message ? [message.text] : [])];
    const text = said.join(words.joints.sentences);
    if (spoken.textContent !== text) spoken.textContent = text;
  }

  /** Bring what is new of the question onto the screen: the whole of it, or what was said of the answer. */
  function show(before) {
    const { question } = data;
    if (before?.state === question.state && before.number === question.number) return;
    root.querySelector(question.reason ? ".verdict" : ".question").scrollIntoView({ block: "nearest" });
  }

  /** A part is done when it has no question, or one of its questions was answered right. */
  function remember() {
    const { question, lesson, part, kinds, about } = data;
    const isOver = question !== null && ["right", "wrong"].includes(question.state);
    let next = progress;
    if (isOver && answered !== questionName(data)) {
      answered = questionName(data);
      next = withAnswer(next, { kind: question.kind, search: about, isRight: question.state === "right" });
    }
    const isDone = lesson && lesson !== PRACTICE && (question?.state === "right" || !kinds.length);
    if (isDone) next = withPart(next, lesson, part);
    if (next !== progress) keep(next);
  }

  return {
    update(next) {
      if (isOvertaken(next, data)) return;
      const before = data;
      data = next;
      const isElsewhere = before !== null && (before.lesson !== next.lesson || before.part !== next.part);
      if (!before || questionName(before) !== questionName(next)) [given, chosen] = [null, []];
      draw();
      remember();
      if (before && next.question) show(before.question);
      if (isElsewhere) root.querySelector("h2").focus({ preventScroll: true });
    },
    dispose() {
      controller.abort();
      root.remove();
      spoken.remove();
    },
  };
}
