// What stands in the panel around a lesson's text.

import { box, button, element } from "../../stage/dom.js";
import { filled, paragraphs } from "./text.js";

/** Where one is, and the title, which has the focus after the way there. */
export function heading({ words, contents }, { lesson, part, title, cells }) {
  const number = contents.findIndex(({ name }) => name === lesson) + 1;
  const where = number ? [filled(words.lesson_of, { number, of: contents.length })] : [];
  const listed = { cells: cells.join(words.joints.list) };
  if (cells.length) where.push(filled(words[cells.length > 1 ? "cells" : "cell"], listed));
  const ofParts = number ? filled(words.part_of, { part, of: contents[number - 1].parts.length }) : "";
  const node = element("h2", "", title);
  node.tabIndex = -1;
  node.dataset.key = "title";
  return [box("where", element("span", "", where.join(" · ")), element("span", "", ofParts)), node];
}

/** A term of the glossary, and its picture on the stage. */
export function termCard({ words, glossary, visitPage, showTerm }, data, name) {
  const { title, blocks, page } = glossary[name];
  const show = button("tool", () => visitPage(searchOf(data, page)), words.show_term);
  show.dataset.key = "show term";
  const close = button("tool close", () => showTerm(name), "✕");
  close.setAttribute("aria-label", words.close);
  const node = box("term-card", element("strong", "", title), close, ...paragraphs(blocks, showTerm), show);
  node.setAttribute("role", "note");
  return node;
}

/** The address of a page at the panel's place. */
const searchOf = ({ lesson, part }, page) => `?${new URLSearchParams({ lesson, part })}&${page.replace("?", "")}`;

/** What to read further, by title. */
export function readings({ words, reading }) {
  const list = element("ul", "reading");
  list.append(...reading.map(({ title, by, url }) => {
    const link = Object.assign(element("a", "", title), { href: url, target: "_blank", rel: "noreferrer" });
    const item = element("li");
    item.append(link, ` · ${by}`);
    item.title = by; // the line may be too short for it
    return item;
  }));
  return [element("h3", "", words.further), list];
}
