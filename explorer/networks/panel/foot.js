// What is done with the picked layer: its line copied as a framework writes it, and a small copy of it in the explorer.

import { box, button, element, renew } from "../../stage/dom.js";
import { filled } from "../../stage/language.js";

export function createFoot({ words, frameworks }) {
  const node = box("foot"), status = element("span", "quiet copied");
  status.setAttribute("role", "status");
  const titles = Object.fromEntries(frameworks.map(({ name, title }) => [name, title]));

  function copyButton({ framework, line }) {
    const copy = button("tool", async () => {
      try {
        await navigator.clipboard.writeText(line);
        status.textContent = filled(words.copied_line, { line });
      } catch {
        status.textContent = line; // to be copied by hand
      }
    }, titles[framework]);
    copy.title = line;
    copy.dataset.key = `copy ${framework}`;
    return copy;
  }

  return {
    node,
    draw({ card }) {
      node.hidden = !card?.copy && !card?.lines.length;
      status.textContent = "";
      if (node.hidden) return;
      const group = box("choices", element("span", "", words.copy_as), ...card.lines.map(copyButton));
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", words.copy_as);
      const link = element("a", "primary", words.small_copy);
      if (card.copy) Object.assign(link, { href: card.copy.address, target: "_self" });
      link.dataset.key = "small copy";
      const cut = card.copy?.cut ? [element("p", "quiet", card.copy.cut)] : [];
      renew(node, ...(card.lines.length ? [group] : []), ...(card.copy ? [link] : []), ...cut, status);
    },
  };
}
