// Sizes that collapse: which input sizes a convolution takes to the same size, and what brings each of them back.

import { box, element, renew } from "../../stage/dom.js";
import { watchScrolling } from "../../stage/scrolling.js";
import { section } from "./section.js";

export function createLanes(context) {
  const { words } = context;
  const text = element("p", "quiet"), table = element("table", "lanes");
  table.dataset.testid = "lanes";
  const folding = section(context, "lanes", words.lanes, text, watchScrolling(box("scrolled", table)));

  function row(title, cells) {
    const line = element("tr"), name = element("th", "", title);
    name.scope = "row";
    line.append(name, ...cells);
    return line;
  }
  function cell(content, kind = "", span = 1) {
    const node = element("td", kind, content);
    if (span > 1) node.colSpan = span;
    return node;
  }
  /** Neighbours with the same result, one group each. */
  function groupsOf(lanes) {
    const groups = [];
    for (const lane of lanes) {
      const last = groups.at(-1);
      if (last && last[0].result === lane.result) last.push(lane);
      else groups.push([lane]);
    }
    return groups;
  }

  return {
    node: folding.node,
    fill: folding.fill,
    draw({ lanes }) {
      folding.node.hidden = !lanes;
      if (!lanes || lanes.isFolded) return;
      text.textContent = lanes.text;
      const groups = groupsOf(lanes.all);
      const merged = (name) => groups.map((group) =>
        cell(group[0][name], `merged ${group[0].isPicked ? "picked" : ""}`, group.length));
      const single = (name) => groups.flatMap((group) => group.map((lane, at) =>
        cell(lane[name], `${lane.isChosen ? "chosen" : ""} ${at === 0 ? "first" : ""}`)));
      renew(
        table,
        element("caption", "hidden-text", lanes.text),
        row(lanes.titles.size, single("size")),
        row(lanes.titles.result, merged("result")),
        row(lanes.titles.back, merged("back")),
        row(lanes.titles.output_padding, single("output_padding")),
      );
    },
  };
}
