// The panel's buttons: to a question, to the lesson's picture, to the explorer, and through the lessons.

import { allow, box, button, element } from "../../stage/dom.js";

const PRACTICE = "practice";

/** Below the text: a question, the way back to the part's picture, the explorer. */
export function tools({ words, ask, practise, send }, { lesson, question, isChanged, kinds, explore }) {
  const isPractice = lesson === PRACTICE;
  const nodes = [];
  const add = (key, action, text, style = "tool") => {
    const node = button(style, action, text);
    node.dataset.key = key;
    nodes.push(node);
    return node;
  };
  if (question) add("another", isPractice ? practise : () => ask(question.number + 1), words.another);
  else if (isPractice) add("practise", practise, words.practise, "primary");
  else if (kinds.length) add("ask", () => ask(0), words.ask, "primary");
  if (lesson && !isPractice) allow(add("leave", () => send("leave", {}), words.back_to_picture), isChanged);
  const link = element("a", "tool", words.explore);
  link.href = `./?${new URLSearchParams(explore)}`;
  link.dataset.key = "explore";
  // With an open question it would tell the answer; the welcome has the link of the page's navigation.
  link.hidden = !lesson || (question !== null && !question.isPlayed);
  const isQuiet = (node) => node.dataset.key === "leave";
  const main = nodes.filter((node) => !isQuiet(node));
  return box("tools", ...main, box("quiet", ...nodes.filter(isQuiet), link));
}

/** To the part before, to the practice, to the next part. */
export function foot({ words, contents, visit, practise }, { lesson, part }) {
  const places = contents.flatMap(({ name, parts }) => parts.map((_, at) => ({ lesson: name, part: at + 1 })));
  const here = places.findIndex((place) => place.lesson === lesson && place.part === part);
  const welcome = lesson ? { lesson: "", part: 1 } : null;
  const before = places[here - 1] ?? welcome;
  const next = here < 0 ? places[0] : places[here + 1];
  const isEnd = here === places.length - 1;
  /** A way that leads nowhere keeps its room. */
  const way = (key, place, text, style) => {
    if (!place) return element("span");
    const node = button(style, () => visit(place.lesson, place.part), text);
    node.dataset.key = key;
    return node;
  };
  const practice = button("tool", practise, words.practice);
  practice.dataset.key = "practice";
  const nextText = lesson ? words.next : words.start;
  // After the last part the practice is what comes next.
  practice.className = isEnd ? "primary" : "tool";
  const back = way("before", before, words.before, "tool");
  return box("foot", back, practice, way("next", next, nextText, isEnd ? "tool" : "primary"));
}
