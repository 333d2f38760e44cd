// The menu beside a title that fills a grid with numbers.

import { element } from "../dom.js";

/** A grid's menu of fills, or null where it has none. */
export function createFills(name, kind, { texts, host }) {
  const grid = kind.edits ?? kind.fills, offered = host.fills?.[grid] ?? [];
  if (!offered.length || !host.can("fill")) return null;
  const { fill, fills } = texts.stage;
  const menu = element("select", "fill");
  const first = new Option(fill, "");
  first.disabled = true;
  menu.append(first, ...offered.map((one) => new Option(fills[one], one)));
  menu.setAttribute("aria-label", `${fill} ${name}`);
  menu.value = "";
  menu.onchange = () => {
    const { value } = menu;
    menu.value = "";
    host.send("fill", { grid, name: value });
  };
  return menu;
}
