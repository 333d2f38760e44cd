// The layer in other frameworks: its line, and a program that runs on its own and checks what this page shows.

import { box, button, element, renew } from "../../stage/dom.js";
import { section } from "./section.js";

export function createProgram(context) {
  const { words, frameworks, change } = context;
  const line = element("code", "one-line"), notes = element("ul", "differences"), source = element("pre", "source");
  source.tabIndex = 0;
  source.dataset.testid = "program";
  source.setAttribute("aria-label", words.program);
  const status = element("span", "quiet");
  status.setAttribute("role", "status");
  const choices = frameworks.map(({ name, title }) => {
    const choice = button("tool", () => change({ framework: name }), title);
    choice.dataset.name = name;
    return choice;
  });
  const group = box("choices", ...choices);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", words.framework);
  const copying = (label, text) => button("tool", async () => {
    try {
      await navigator.clipboard.writeText(text());
      status.textContent = words.copied;
    } catch {
      status.textContent = words.copy_by_hand;
    }
  }, label);
  const copyLine = copying(words.copy_line, () => line.textContent);
  const copyProgram = copying(words.copy_program, () => source.textContent);
  const oneLine = box("line-row", line, copyLine);
  const folding = section(
    context, "program", words.program, group, oneLine, notes, source, box("line-row", copyProgram, status),
  );

  return {
    node: folding.node,
    fill: folding.fill,
    draw({ program }) {
      folding.node.hidden = !program;
      if (!program) return;
      for (const one of choices) one.setAttribute("aria-pressed", String(one.dataset.name === program.framework));
      line.textContent = program.line;
      oneLine.hidden = !program.line;
      status.textContent = "";
      renew(notes, ...program.notes.map((text) => element("li", "", text)));
      source.textContent = program.text;
      source.hidden = copyProgram.hidden = !program.text;
    },
  };
}
