// All lessons, how far somebody is, and the practice.

import { box, button, element } from "../../stage/dom.js";
import { EMPTY, isLessonDone, readProgress } from "./progress.js";
import { filled } from "./text.js";

const FILE = "course-progress.json";

/** The lessons as one bar, a piece each. */
export function lessonBar(context, data) {
  const { words, contents, visit } = context;
  const bar = element("nav", "lesson-bar");
  bar.setAttribute("aria-label", words.lessons);
  bar.append(...contents.map((lesson, at) => {
    const isDone = isLessonDone(context.progress(), lesson), isHere = lesson.name === data.lesson;
    const node = button(`piece${isDone ? " done" : ""}`, () => visit(lesson.name, 1));
    const values = { number: at + 1, title: lesson.title };
    node.title = filled(isDone ? words.lesson_done : words.lesson_open, values);
    node.setAttribute("aria-label", node.title);
    if (isHere) node.setAttribute("aria-current", "step");
    node.dataset.key = `lesson ${lesson.name}`;
    return node;
  }));
  return bar;
}

/** The lessons as a list, for the first page. */
export function lessonList(context) {
  const { words, contents, visit } = context;
  const list = element("ol", "lesson-list");
  list.append(...contents.map((lesson, at) => {
    const isDone = isLessonDone(context.progress(), lesson);
    const node = button("lesson", () => visit(lesson.name, 1));
    node.dataset.key = `lesson ${lesson.name}`;
    node.append(element("span", "number", at + 1), element("span", "", lesson.title));
    if (isDone) node.append(element("span", "done", words.done));
    const item = element("li");
    item.append(node);
    return item;
  }));
  return list;
}

/** Progress as a file, from a file, and from the beginning. */
export function progressTools(context) {
  const { words } = context;
  const save = button("tool", () => download(FILE, JSON.stringify(context.progress(), null, 1)), words.save);
  const open = element("label", "tool file", words.open);
  const file = Object.assign(element("input"), { type: "file", accept: ".json,application/json" });
  file.onchange = async () => {
    const found = readProgress(await file.files[0]?.text());
    context.say(found ? words.opened : words.not_opened);
    if (found) context.keep(found);
  };
  open.append(file);
  const reset = button("tool", () => {
    const before = context.progress();
    context.keep(EMPTY);
    context.say(words.was_reset, words.undo, () => context.keep(before));
  }, words.reset);
  for (const [node, key] of [[save, "save"], [file, "open"], [reset, "reset"]]) node.dataset.key = key;
  return box("progress-tools", save, open, reset);
}

function download(name, text) {
  const link = element("a");
  Object.assign(link, { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
