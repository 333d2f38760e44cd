// The text of the layers: a text area whose lines have numbers, marks where one cannot be read, and the picked layer.

import { box, button, element, renew } from "../../stage/dom.js";
import { filled } from "../../stage/language.js";
import { lineAt, rangeOfLine } from "./state.js";

const FEWEST = 3, MOST = 9; // lines that stand without scrolling
const MOST_MARKED = 2000, MOST_LISTED = 4;

export function createEditor({ words, value, change }) {
  const area = Object.assign(element("textarea"), { id: "tconv-layer-text", spellcheck: false, wrap: "off" });
  for (const [name, off] of [["autocomplete", "off"], ["autocapitalize", "off"], ["autocorrect", "off"]]) {
    area.setAttribute(name, off);
  }
  area.placeholder = words.placeholder;
  area.setAttribute("aria-describedby", "tconv-layer-problems");
  const gutter = element("div", "gutter"), bands = element("div", "bands");
  for (const node of [gutter, bands]) node.setAttribute("aria-hidden", "true");
  const problems = Object.assign(element("ul", "problems"), { id: "tconv-layer-problems" });
  problems.setAttribute("aria-live", "polite");
  const badge = element("span", "badge"), passed = element("span", "quiet");
  const editor = box("editor", gutter, box("pane", bands, area));
  const node = box("editor-part", editor, problems, box("read", badge, passed));
  let data = null, isKept = false;

  area.oninput = (event) => {
    show();
    change({ layer: area.value }, { typed: event.inputType !== "insertFromPaste" });
  };
  area.onscroll = place;
  /** Whoever goes to a layer's line sees that layer. */
  const follow = () => {
    const line = lineAt(area.value, area.selectionStart);
    const row = isKept ? null : data?.rows.find((one) => one.line <= line && line <= one.lastLine);
    if (row && !row.isPicked && area.selectionStart === area.selectionEnd) change({ pick: String(row.number) });
  };
  area.onclick = follow;
  area.onkeyup = ({ key }) => ["ArrowUp", "ArrowDown", "PageUp", "PageDown"].includes(key) && follow();

  function place() {
    const { scrollTop } = area;
    for (const one of [gutter, bands]) one.style.setProperty("--scrolled", `${-scrollTop}px`);
  }
  /** The lines' numbers, and their marks. */
  function show() {
    const lines = area.value.split("\n").length;
    area.rows = Math.min(Math.max(lines, FEWEST), MOST);
    const bad = new Map((data?.problems ?? []).map(({ line, text }) => [line, text]));
    const picked = isKept ? null : data?.rows.find((row) => row.isPicked);
    const isPicked = (line) => picked && picked.line <= line && line <= picked.lastLine;
    const shownLines = Math.min(lines, MOST_MARKED);
    const kindOf = (line) => (bad.has(line) ? "bad" : isPicked(line) ? "picked" : "");
    const kinds = Array.from({ length: shownLines }, (_, at) => kindOf(at + 1));
    gutter.replaceChildren(...kinds.map((kind, at) => {
      const mark = element("span", kind, kind === "bad" ? "!" : String(at + 1));
      if (kind === "bad") mark.title = bad.get(at + 1);
      return mark;
    }));
    bands.replaceChildren(...kinds.map((kind) => element("span", kind)));
    place();
  }
  function problemNode({ line, text }) {
    const go = button("link", () => {
      area.focus();
      area.setSelectionRange(...rangeOfLine(area.value, line));
    }, filled(words.line, { line }));
    go.dataset.key = `problem ${line}`;
    const item = element("li");
    item.append(...(line ? [go, " "] : []), element("span", "", text));
    return item;
  }

  return {
    node,
    fill() {
      if (area.value === value("layer")) return;
      area.value = value("layer");
      show();
    },
    draw(next, kept) {
      [data, isKept] = [next, kept];
      area.setAttribute("aria-invalid", String(next.problems.length > 0));
      const more = next.problems.length > MOST_LISTED ? [element("li", "quiet", words.more)] : [];
      const note = kept ? [element("li", "quiet", words.kept)] : [];
      renew(problems, ...next.problems.slice(0, MOST_LISTED).map(problemNode), ...more, ...note);
      badge.textContent = next.badge.text;
      badge.dataset.tone = next.badge.tone;
      passed.textContent = next.passed;
      show();
    },
  };
}
