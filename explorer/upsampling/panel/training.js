// A training: the panel asks for the next steps until it is done or stopped. Nothing runs where nobody asks.

import { svg } from "../../networks/panel/svg.js";
import { box, button, element } from "../../stage/dom.js";
import { list } from "./controls.js";
import { grid } from "./grid.js";
import { section } from "../../networks/panel/section.js";
import { curve, joined } from "./state.js";

const WIDTH = 420, HEIGHT = 190, LEFT = 44, BOTTOM = 26, EDGE = 8;

export function createTraining(context) {
  const { words, value, change, ask, steps } = context;
  let run = 0, isRunning = false, losses = [], use = null;
  const start = list(context, "start");
  const seed = Object.assign(element("input", "tool"), { type: "number", min: 0, max: 9999, step: 1 });
  seed.onchange = () => change({ seed: seed.value || "0" });
  const seedLabel = element("label", "control inline");
  seedLabel.append(element("span", "", words.seed_label), seed);
  const go = button("primary", () => (isRunning ? stop() : begin()), words.train);
  go.dataset.testid = "train";
  const take = button("tool", () => use && change(use, { isNewEntry: true }), words.use_trained);
  const said = element("p", "step"), chart = box("chart"), facts = element("dl"), kernel = box("kernel-now");
  said.setAttribute("role", "status");
  said.dataset.testid = "step";
  const picture = Object.assign(element("img", "picture"), { alt: "" });
  const shown = box("trained", box("window", picture), box("trained-side", said, chart, facts), kernel);
  const { node, fill } = section(context, "training", words.training,
    element("p", "quiet", context.about), box("actions", start.node, seedLabel, go, take), shown);
  shown.hidden = take.hidden = true;

  function begin() {
    run += 1;
    losses = [];
    turn(true);
    ask({ train: run });
  }
  function stop() {
    turn(false);
  }
  function turn(isOn) {
    isRunning = isOn;
    go.textContent = isOn ? words.stop : words.train;
    node.dataset.state = isOn ? "running" : losses.length ? "stopped" : "idle";
  }
  function draw() {
    const { points, low, high } = curve(losses, steps);
    const x = (share) => LEFT + share * (WIDTH - LEFT - EDGE), y = (share) => EDGE + share * (HEIGHT - EDGE - BOTTOM);
    const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words.loss });
    for (let power = low; power <= high; power += 1) {
      const at = y((high - power) / (high - low || 1));
      drawing.append(
        svg("line", { x1: LEFT, y1: at, x2: WIDTH - EDGE, y2: at, class: "rule" }),
        svg("text", { x: LEFT - 6, y: at + 5, "text-anchor": "end" }, `1e${power}`),
      );
    }
    for (const number of [0, steps / 2, steps]) {
      const anchor = number === steps ? "end" : "middle";
      drawing.append(svg("text", { x: x(number / steps), y: HEIGHT - 6, "text-anchor": anchor }, String(number)));
    }
    const path = points.map(([across, down]) => `${x(across)},${y(down)}`).join(" ");
    drawing.append(svg("polyline", { points: path, class: "line" }));
    chart.replaceChildren(drawing, element("p", "quiet", words.loss));
  }
  turn(false);

  return {
    node,
    stop,
    fill() {
      fill();
      start.fill();
      seed.value = value("seed");
    },
    /** The next steps. What belongs to another run, or comes after a stop, only shows where the run stands. */
    take(data) {
      if (data.run !== run) return;
      if (data.problem || !data.image) {
        said.textContent = data.problem;
        shown.hidden = false;
        turn(false);
        return;
      }
      losses = joined(losses, data.first, data.losses);
      use = data.use;
      shown.hidden = take.hidden = false;
      said.textContent = data.text;
      picture.src = data.image;
      picture.alt = data.text;
      facts.replaceChildren(...data.facts.flatMap(({ label, value: number }) =>
        [element("dt", "", label), element("dd", "", number)]));
      kernel.replaceChildren(grid(data.kernel, "", 13));
      draw();
      if (data.isDone) {
        turn(false);
        node.dataset.state = "done";
      } else if (isRunning) ask({ train: run });
    },
  };
}
