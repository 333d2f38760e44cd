import { readLinks, traceOf } from "../../explorer/stage/links.js";
import { gatherSteps, gradientSteps, stampSteps } from "../../explorer/stage/steps.js";
import { documentOf, equal, test } from "./testing.js";

const linksOf = (address) => readLinks(documentOf(address));
const BASIC = linksOf("?preset=basic"), GROUPS = linksOf("?preset=groups"), GATHER = linksOf("?preset=basic&view=gather");

test("a canvas after each stamp", () => {
  const after = [0, 1, 2, 3, 4].map((step) => stampSteps.canvasAt(BASIC, step).canvas);
  equal(after, [
    [0, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 1, 0, 2, 3, 0, 0, 0],
    [0, 0, 1, 0, 4, 3, 4, 6, 0],
    [0, 0, 1, 0, 4, 6, 4, 12, 9],
  ]);
});

test("what a traced cell lacks at a step", () => {
  const lacks = (steps, links, step, name) => steps.lacks(links, step, traceOf(links, name));
  const stamping = (step, name) => lacks(stampSteps, BASIC, step, name);
  equal(stamping(2, "output:0,1,1"), { key: "so_far", done: 2, all: 4 });
  equal([stamping(4, "output:0,1,1"), stamping(1, "output:0,0,0")], [null, null]);
  equal([stamping(2, "input:0,1,1"), stamping(4, "input:0,1,1")], [{ key: "not_stamped" }, null]);
  equal([stamping(2, "kernel:0,0,0,0"), stamping(2, "W:0,0")], [null, null]);
  equal(lacks(gatherSteps, GATHER, 3, "output:0,1,0"), { key: "not_gathered" });
  equal([lacks(gatherSteps, GATHER, 4, "output:0,1,0"), lacks(gatherSteps, GATHER, 3, "input:0,0,0")], [null, null]);
  equal(lacks(gradientSteps, BASIC, 1, "input:0,1,1"), { key: "not_collected" });
  equal([lacks(gradientSteps, BASIC, 4, "input:0,1,1"), lacks(gradientSteps, BASIC, 1, "output:0,1,1")], [null, null]);
});

test("which cells are stamped by then", () => {
  equal(stampSteps.canvasAt(BASIC, 0).touched, new Set());
  equal(stampSteps.canvasAt(BASIC, 1).touched, new Set([0, 1, 3, 4]));
  equal(stampSteps.canvasAt(BASIC, 2).touched, new Set([0, 1, 3, 4, 2, 5]));
  equal(stampSteps.canvasAt(BASIC, 4).touched.size, 9);
});

test("without a step everything is stamped", () => {
  equal(stampSteps.canvasAt(BASIC, null), { canvas: [0, 0, 1, 0, 4, 6, 4, 12, 9], touched: null });
});

test("what padding crops is stamped too", () => {
  equal(stampSteps.canvasAt(linksOf("?preset=padding-1"), 2).canvas, [0, 0, 1, 0, 2, 3, 0, 0, 0]);
});

test("stamps of two channels add up", () => {
  const links = linksOf("?preset=two-channels-add");
  equal(stampSteps.canvasAt(links, 4).canvas, [0, 1, 2, 2, 10, 10, 6, 17, 12]);
  equal(stampSteps.canvasAt(links, 5).canvas, [10, 21, 2, 32, 50, 10, 6, 17, 12]);
});

test("a channel of another group stamps nothing", () => {
  equal(stampSteps.canvasAt(GROUPS, 8), stampSteps.canvasAt(GROUPS, 4));
  equal(stampSteps.canvasAt(GROUPS, 4).canvas, GROUPS.document.output);
});

test("the cell of a stamp", () => {
  equal([1, 2, 4, 5, 8].map((step) => stampSteps.cellName(GROUPS, step)), ["input:0,0,0", "input:0,0,1", "input:0,1,1", "input:1,0,0", "input:1,1,1"]);
  equal([1, 4, 5, 8].map((step) => stampSteps.channelAt(GROUPS, step)), [0, 0, 1, 1]);
});

test("a canvas after each gathered cell", () => {
  const links = linksOf("?preset=basic&view=gather"), none = null;
  equal(gatherSteps.canvasAt(links, 0).canvas, [none, none, none, none, none, none, none, none, none]);
  equal(gatherSteps.canvasAt(links, 5), { canvas: [0, 0, 1, 0, 4, none, none, none, none], touched: null });
  equal(gatherSteps.canvasAt(links, 9).canvas, [0, 0, 1, 0, 4, 6, 4, 12, 9]);
  equal(gatherSteps.canvasAt(links, null), { canvas: [0, 0, 1, 0, 4, 6, 4, 12, 9], touched: null });
});

test("what padding crops is never gathered", () => {
  const links = linksOf("?preset=padding-1&view=gather"), none = null;
  equal(gatherSteps.canvasAt(links, 1).canvas, [none, none, none, none, 4, none, none, none, none]);
  equal(gatherSteps.cellName(links, 1), "output:0,1,1");
  equal(gatherSteps.channelAt(links, 1), null);
});

test("backward, dY stands on the canvas from the start", () => {
  const links = linksOf("?preset=basic&backward=1"), canvas = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  for (const step of [0, 2, null]) equal(gradientSteps.canvasAt(links, step), { canvas, touched: null });
  equal(gradientSteps.cellName(links, 3), "input:0,1,0");
  equal(gradientSteps.channelAt(linksOf("?preset=two-channels-add&backward=1"), 5), 1);
});

test("each kind of step has its own texts", () => {
  equal([stampSteps.suffix, gatherSteps.suffix, gradientSteps.suffix], ["", "_gather", "_backward"]);
});
