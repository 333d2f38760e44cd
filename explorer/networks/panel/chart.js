// The output's size for each size of a range of inputs.

import { box, element, renew } from "../../stage/dom.js";
import { watchScrolling } from "../../stage/scrolling.js";
import { section } from "./section.js";
import { svg } from "./svg.js";

const WIDTH = 720, HEIGHT = 220, LEFT = 62, BOTTOM = 30, TOP = 10, RIGHT = 12;

export function createChart(context) {
  const { words } = context;
  const text = element("p", "quiet"), picture = element("div", "chart"), table = element("table", "sizes-list");
  const folding = section(context, "range", words.range, text, picture, watchScrolling(box("scrolled low", table)));

  function draw({ points, ticks, target, label }) {
    const xs = points.map(({ n }) => n), ys = points.map(({ size }) => size ?? 0);
    const [low, high] = [Math.min(...xs), Math.max(...xs)], top = Math.max(...ys, target ?? 0, 1);
    const x = (n) => LEFT + ((WIDTH - LEFT - RIGHT) * (n - low)) / Math.max(high - low, 1);
    const y = (size) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - size / top);
    const line = (x1, y1, x2, y2, name) => svg("line", { x1, y1, x2, y2, class: name });
    const write = (at, text, anchor) => svg("text", { x: at[0], y: at[1], "text-anchor": anchor }, text);
    const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label });
    drawing.append(
      ...ticks.y.flatMap((size) => [
        line(LEFT, y(size), WIDTH - RIGHT, y(size), "grid"),
        write([LEFT - 6, y(size) + 5], size.toLocaleString("en"), "end"),
      ]),
      ...ticks.x.map((n) => write([x(n), HEIGHT - 8], n.toLocaleString("en"), "middle")),
      ...(target ? [line(LEFT, y(target), WIDTH - RIGHT, y(target), "target")] : []),
      ...points.filter(({ size }) => size !== null).map(({ n, size, isHit }) => {
        const dot = svg("circle", { cx: x(n), cy: y(size), r: isHit ? 5 : 2.6, class: isHit ? "hit" : "dot" });
        dot.append(svg("title", {}, `${n} → ${size}`));
        return dot;
      }),
    );
    return drawing;
  }
  function row(title, texts, tag) {
    const line = element("tr"), name = element("th", "", title);
    name.scope = "row";
    line.append(name, ...texts.map(({ text: shown, isHit }) => element(tag, isHit ? "chosen" : "", shown)));
    return line;
  }

  return {
    node: folding.node,
    fill: folding.fill,
    draw({ range }) {
      folding.node.hidden = !range;
      if (!range) return;
      text.textContent = range.text;
      renew(picture, draw(range));
      const written = (size) => (size === null ? "–" : size.toLocaleString("en"));
      renew(
        table,
        element("caption", "hidden-text", range.label),
        row(range.titles[0], range.points.map(({ n, isHit }) => ({ text: n.toLocaleString("en"), isHit })), "td"),
        row(range.titles[1], range.points.map(({ size, isHit }) => ({ text: written(size), isHit })), "td"),
      );
    },
  };
}
