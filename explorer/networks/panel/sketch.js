// One axis to scale: input cells, their stamps, and the output with how many stamps reach each cell.

import { box, button, element, renew } from "../../stage/dom.js";
import { svg } from "./svg.js";

const WIDTH = 800, LEFT = 104, LARGEST = 30, INPUT_Y = 6, FAN = 34, LANES = 84;
const COUNT_FROM = 12; // px of a cell that holds its number

export function createSketch({ words, change }) {
  const title = element("h2"), about = element("span", "quiet"), axes = element("div", "axes");
  const picture = box("scrolled"), said = element("p", "said"), notes = element("p", "quiet");
  Object.assign(axes, { role: "group", ariaLabel: words.axis });
  picture.tabIndex = 0;
  picture.setAttribute("role", "group");
  said.setAttribute("role", "status");
  const legend = box("legend", ...Object.entries(words.legend).map(([name, text]) => legendNode(name, text)));
  const node = element("section", "sketch-part");
  node.dataset.testid = "sketch";
  node.append(box("sketch-head", title, about, axes), picture, said, legend, notes);
  let data = null, marks = [], pointed = -1;

  /** Show what a stamp, or the stamps of a cell, have to do with each other. */
  function point(kind, at) {
    const drawing = picture.firstChild;
    const { stamps, cells, dilation } = data;
    const isReached = (stamp, { position }) =>
      stamp.first <= position && position <= stamp.last && (position - stamp.first) % dilation === 0;
    const found = kind === "stamp" ? [stamps[at]] : stamps.filter((stamp) => isReached(stamp, cells[at]));
    drawing.classList.toggle("pointed", kind !== "");
    said.textContent = kind === "" ? words.sketch_help : (kind === "stamp" ? stamps : cells)[at].text;
    for (const { mark, stamp, cell } of marks) {
      const isLinked = kind !== "" && (stamp ? found.includes(stamp)
        : kind === "cell" ? cell === cells[at] : isReached(found[0], cell));
      mark.classList.toggle("linked", isLinked);
    }
  }
  const leave = () => {
    pointed = -1;
    if (data) point("", 0);
  };
  picture.onpointerleave = leave;
  picture.onblur = leave;
  picture.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !data) return;
    event.preventDefault();
    pointed = Math.min(Math.max(pointed + step, 0), data.stamps.length - 1);
    point("stamp", pointed);
  };

  function add(mark, link, kind, at) {
    marks.push({ mark, ...link });
    mark.addEventListener("pointerenter", () => point(kind, at));
    return mark;
  }
  function stampMarks(stamp, at, { unit, x, laneY, thick }) {
    const y = laneY(stamp.lane), link = { stamp };
    const rect = (from, to, name) => {
      const width = Math.max(x(to) - x(from) - 1.5, 1);
      return svg("rect", { x: x(from), y, width, height: thick, rx: 2, class: name });
    };
    const isDilated = stamp.touches.length > 0;
    const bars = stamp.bars.map(([from, to]) => rect(from, to, isDilated ? "stamp thin" : "stamp"));
    const touched = stamp.touches.map((from) => rect(from, from + 1, "stamp"));
    const found = [...bars, ...touched].map((bar) => add(bar, link, "stamp", at));
    if (stamp.x === null) return found;
    const side = Math.min(unit * 0.8, 22), centre = x(stamp.x + 0.5);
    const fan = [stamp.bars[0][0], stamp.bars.at(-1)[1]].map((end) =>
      add(svg("line", { x1: centre, y1: INPUT_Y + 22, x2: x(end), y2: y, class: "fan" }), link, "stamp", at));
    const place = { x: centre - side / 2, y: INPUT_Y + 22 - side, width: side, height: side };
    const input = svg("rect", { ...place, rx: 2, class: "input" });
    return [...fan, ...found, add(input, link, "stamp", at)];
  }
  function cellMarks(cell, at, { unit, x, cellY, height }) {
    const kinds = ["cell", ...(cell.count ? [] : ["none"]), ...(cell.isKept ? [] : ["cropped"])];
    const rect = svg("rect", { x: x(cell.x), y: cellY, width: unit, height, class: kinds.join(" ") });
    rect.style.setProperty("--share", `${Math.round((100 * cell.count) / data.most)}%`);
    const marked = [add(rect, { cell }, "cell", at)];
    if (unit < COUNT_FROM) return marked;
    const text = svg("text", { x: x(cell.x + 0.5), y: cellY + height / 2 + 5, class: "count" }, String(cell.count));
    return [...marked, text];
  }
  function frameMarks({ x, cellY, height }) {
    const [from, to] = data.kept.map(x), below = cellY + height + 20;
    const place = { x: from, y: cellY - 4, width: Math.max(to - from, 0), height: height + 8 };
    const text = (said, at, anchor) =>
      svg("text", { x: at, y: below, class: "crop-text", "text-anchor": anchor }, said);
    const [before, after] = data.crops;
    return [svg("rect", { ...place, class: "crop" }), text(before, LEFT, "start"), text(after, x(data.width), "end")];
  }
  function draw() {
    const unit = Math.min((WIDTH - LEFT - 6) / data.width, LARGEST);
    const pitch = Math.min(Math.max(LANES / data.lanes, 1.5), 12);
    const x = (cells) => LEFT + unit * cells, laneY = (lane) => INPUT_Y + 22 + FAN + pitch * lane;
    const cellY = laneY(data.lanes) + 10, height = Math.max(Math.min(unit, 26), 20);
    const scale = { unit, x, laneY, cellY, height, thick: Math.max(pitch - 3, 1) };
    marks = [];
    const label = (text, y) => svg("text", { x: 0, y, class: "label" }, text);
    const middle = (laneY(0) + laneY(data.lanes)) / 2;
    const breaks = data.breaks.flatMap((one) => [INPUT_Y + 18, middle + 4, cellY + height / 2 + 4].map((y) => {
      const dots = svg("text", { x: x(one.x + 1), y, "text-anchor": "middle", class: "break" }, "⋯");
      dots.append(svg("title", {}, one.text));
      return dots;
    }));
    const viewBox = `0 0 ${WIDTH} ${cellY + height + 26}`;
    const drawing = svg("svg", { viewBox, class: "sketch", "aria-hidden": "true" });
    drawing.append(
      label(data.labels.input, INPUT_Y + 17),
      label(data.labels.stamps, middle + 4),
      label(data.labels.output, cellY + height / 2 + 5),
      ...data.stamps.flatMap((stamp, at) => stampMarks(stamp, at, scale)),
      ...data.cells.flatMap((cell, at) => cellMarks(cell, at, scale)),
      ...breaks,
      ...(data.isCropped ? frameMarks(scale) : []),
    );
    return drawing;
  }

  return {
    node,
    draw({ sketch }) {
      data = sketch;
      node.hidden = !data;
      if (!data) return;
      title.textContent = data.title;
      about.textContent = data.about;
      picture.setAttribute("aria-label", data.title);
      renew(axes, ...data.axes.map(({ label, changes, isShown }) => {
        const choice = button("tool", () => change(changes), label);
        choice.dataset.key = `axis ${label}`;
        choice.setAttribute("aria-pressed", String(isShown));
        return choice;
      }));
      axes.hidden = !data.axes.length;
      picture.replaceChildren(draw());
      notes.textContent = data.notes.join(words.joints.sentences);
      leave();
    },
  };
}

function legendNode(name, text) {
  const node = element("span", `key ${name}`);
  node.append(element("i", name), text);
  return node;
}
