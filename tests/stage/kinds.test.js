import { kinds } from "../../explorer/stage/kinds.js";
import { readLinks } from "../../explorer/stage/links.js";
import { directionOf } from "../../explorer/stage/views/index.js";
import { documentOf, equal, test } from "./testing.js";

/** What a grid is drawn from. */
function sceneOf(address, { channel, step = null } = {}) {
  const document = documentOf(address), links = readLinks(document);
  const { canvas } = directionOf(document).steps.canvasAt(links, step);
  return { document, links, step, canvas, channel: channel ?? document.channels.shown[0] };
}
const BASIC = sceneOf("?preset=basic&view=matrix");
const ALL = sceneOf("?x=1,2;3,4&k=1,2;3,4&stride=2&padding=1&output_padding=1&dilation=2&view=gather");
const WIDE = sceneOf("?x=1,2,3&k=1,2,3;4,5,6");
const OTHER_GROUP = sceneOf("?preset=groups&channel=1,1", { channel: 0 });
const grid = (rows, columns) => ({ rows, columns });

test("X", () => {
  equal(kinds.input.values(BASIC), [0, 1, 2, 3]);
  equal(kinds.input.nameAt(BASIC, 1, 0), "input:0,1,0");
  equal(kinds.input.rowNames(BASIC.links, grid(2, 3)), ["0", "1"]);
  equal(kinds.input.columnNames(BASIC.links, grid(2, 3)), ["0", "1", "2"]);
  const second = sceneOf("?preset=two-channels-add", { channel: 1 });
  equal([kinds.input.values(second), kinds.input.nameAt(second, 0, 1)], [[1, 1, 1, 1], "input:1,0,1"]);
});

test("K", () => {
  equal(kinds.kernel.values(WIDE), [1, 2, 3, 4, 5, 6]);
  equal(kinds.kernel.nameAt(WIDE, 1, 0), "kernel:0,0,1,0");
  equal(kinds.kernel.values(OTHER_GROUP), [null, null, null, null]);
});

test("K flipped has its rows and columns reversed", () => {
  equal(kinds.flipped.values(WIDE), [6, 5, 4, 3, 2, 1]);
  equal(kinds.flipped.rowNames(WIDE.links, grid(2, 3)), ["1", "0"]);
  equal(kinds.flipped.columnNames(WIDE.links, grid(2, 3)), ["2", "1", "0"]);
  equal([kinds.flipped.nameAt(WIDE, 0, 0), kinds.flipped.nameAt(WIDE, 1, 0)], ["kernel:0,0,1,2", "kernel:0,0,0,2"]);
  equal(kinds.flipped.values(OTHER_GROUP), [null, null, null, null]);
  equal(WIDE.document.weight[0], [1, 2, 3, 4, 5, 6]); // the kernel itself stays as it is
});

test("the canvas", () => {
  equal(kinds.output.values(BASIC), [0, 0, 1, 0, 4, 6, 4, 12, 9]);
  equal(kinds.output.values(sceneOf("?preset=basic", { step: 2 })), [0, 0, 1, 0, 2, 3, 0, 0, 0]);
  equal(kinds.output.nameAt(ALL, 1, 4), "output:0,1,4");
});

test("beside the canvas stand Y's own rows and columns, and nothing at what is cropped", () => {
  const names = ({ document, links }) => {
    const part = document.grids.output;
    return [kinds.output.rowNames(links, part), kinds.output.columnNames(links, part)];
  };
  const uncovers = sceneOf("?preset=output-padding-uncovers");
  equal(names(uncovers), [["", "0", "1", "2", "3"], ["", "0", "1", "2", "3"]]);
  equal(names(sceneOf("?preset=padding-1")), [["", "0", ""], ["", "0", ""]]);
  equal(names(WIDE), [["0", "1"], ["0", "1", "2", "3", "4"]]);
  equal(kinds.output.nameAt(uncovers, 1, 1), "output:0,1,1"); // Y[0,0]; a cell's name is the canvas's by contract
});

test("the zero-inserted X", () => {
  const zeros = (count) => new Array(count).fill(0);
  equal(kinds.zeroInserted.values(ALL), [...zeros(7), 1, 0, 2, ...zeros(9), 3, 0, 4, ...zeros(14)]);
  equal(kinds.zeroInserted.nameAt(ALL, 1, 1), "input:0,0,0");
  equal(kinds.zeroInserted.nameAt(ALL, 3, 3), "input:0,1,1");
  equal(kinds.zeroInserted.nameAt(ALL, 2, 3), "zero_inserted:2,3");
});

test("vec(X) and vec(Y) name their rows by their cells", () => {
  equal(kinds.vecInput.values(BASIC), [0, 1, 2, 3]);
  equal(kinds.vecInput.rowNames(BASIC.links), ["0,0", "0,1", "1,0", "1,1"]);
  equal(kinds.vecInput.columnNames(BASIC.links), [""]);
  equal(kinds.vecInput.nameAt(BASIC, 2, 0), "input:0,1,0");
  equal(kinds.vecOutput.rowNames(WIDE.links).slice(4, 7), ["0,4", "1,0", "1,1"]);
  equal(kinds.vecOutput.columnNames(BASIC.links), [""]);
});

test("vec(Y) leaves out what is cropped", () => {
  const scene = sceneOf("?preset=padding-1&view=matrix");
  equal(kinds.vecOutput.values(scene), [4]);
  equal(kinds.vecOutput.rowNames(scene.links), ["0,0"]);
  equal(kinds.vecOutput.nameAt(scene, 0), "output:0,1,1");
});

test("W is the notebook's", () => {
  const scene = sceneOf("?preset=conv-matrix");
  equal(kinds.W.values(scene), [
    ...[1, 2, 0, 3, 4, 0, 0, 0, 0],
    ...[0, 1, 2, 0, 3, 4, 0, 0, 0],
    ...[0, 0, 0, 1, 2, 0, 3, 4, 0],
    ...[0, 0, 0, 0, 1, 2, 0, 3, 4],
  ]);
  equal(kinds.W.filledCells(scene).slice(0, 5), [0, 1, 3, 4, 10]);
  equal(kinds.W.nameAt(scene, 2, 7), "W:2,7");
  equal(kinds.W.rowNames(scene.links), ["0,0", "0,1", "1,0", "1,1"]);
  equal(kinds.W.columnNames(scene.links).slice(2, 5), ["0,2", "1,0", "1,1"]);
});

test("Wᵀ is W transposed", () => {
  for (const scene of [BASIC, WIDE, ALL]) {
    const { inputCells: rows, outputCells: columns } = scene.links, W = kinds.W.values(scene), WT = kinds.WT.values(scene);
    equal(WT.length, rows * columns);
    W.forEach((value, at) => equal(WT[(at % columns) * rows + Math.floor(at / columns)], value));
    equal(kinds.WT.nameAt(scene, 5, 1), kinds.W.nameAt(scene, 1, 5));
    equal(kinds.WT.filledCells(scene).length, kinds.W.filledCells(scene).length);
  }
  equal(kinds.WT.filledCells(BASIC).slice(0, 4), [0, 4, 12, 16]);
  equal(kinds.WT.rowNames(BASIC.links), kinds.W.columnNames(BASIC.links));
  equal(kinds.WT.columnNames(BASIC.links), kinds.W.rowNames(BASIC.links));
});

test("an entry of W that is a 0 of the kernel has its number", () => {
  const scene = sceneOf("?preset=padding-1&view=matrix");
  equal([kinds.W.values(scene), kinds.W.filledCells(scene)], [[3, 2, 1, 0], [0, 1, 2, 3]]);
});

test("W between two groups has no entry", () => {
  equal([kinds.W.filledCells(OTHER_GROUP), kinds.WT.filledCells(OTHER_GROUP)], [[], []]);
  equal(kinds.W.values(OTHER_GROUP), new Array(36).fill(0));
});

test("the kernel and its block of the matrix are coloured by that block's own largest number", () => {
  const scene = sceneOf("?preset=groups"), shown = scene.document.weight[scene.channel];
  const largest = Math.max(...shown.map(Math.abs));
  for (const name of ["kernel", "flipped", "W", "WT"]) equal(kinds[name].boundOf(scene), largest, name);
  equal(largest < scene.document.grids.kernel.bound, true);
  equal(kinds.W.boundOf(OTHER_GROUP), 0);
});

test("dX as far as it is collected", () => {
  const after = (step) => kinds.gradient.values(sceneOf("?preset=basic&backward=1", { step }));
  equal([after(0), after(2), after(null)], [[null, null, null, null], [19, 25, null, null], [19, 25, 37, 43]]);
  const vector = sceneOf("?preset=basic&view=matrix&backward=1", { step: 3 });
  equal(kinds.vecGradient.values(vector), [19, 25, 37, null]);
  equal(kinds.vecGradient.nameAt(vector, 2), "input:0,1,0");
});

test("dX of one channel after another", () => {
  const at = (channel) => kinds.gradient.values(sceneOf("?preset=two-channels-add&backward=1", { channel, step: 5 }));
  equal([at(0), at(1)], [[27, 37, 57, 67], [270, null, null, null]]);
});

test("dY, and vec(dY) without what is cropped", () => {
  const scene = sceneOf("?preset=padding-1&view=matrix&backward=1&upstream=ones");
  equal(kinds.upstream.values(scene), [0, 0, 0, 0, 1, 0, 0, 0, 0]);
  equal(kinds.vecUpstream.values(scene), [1]);
});

test("gradients have the roles of the cells that they belong to; of them dY can be edited", () => {
  equal([kinds.gradient.role, kinds.vecGradient.role, kinds.upstream.role, kinds.vecUpstream.role], ["input", "vec_input", "output", "vec_output"]);
  equal([kinds.input.edits, kinds.kernel.edits, kinds.gradient.edits, kinds.upstream.edits], ["input", "kernel", undefined, "upstream"]);
});

test("an edit names a cell by its place in X, K or dY; what is cropped is no cell of dY", () => {
  const scene = sceneOf("?preset=groups&channel=1,1");
  equal(kinds.input.editAt(scene, 1, 0), [1, 1, 0]);
  equal(kinds.kernel.editAt(scene, 0, 1), [1, 0, 0, 1]);
  const cropped = sceneOf("?preset=padding-1&backward=1");
  const found = [[0, 0], [1, 1], [2, 1], [1, 2]].map((at) => kinds.upstream.editAt(cropped, ...at));
  equal(found, [null, [0, 0, 0], null, null]);
});

test("which kinds change with a step", () => {
  const growing = Object.keys(kinds).filter((name) => kinds[name].grows);
  equal(growing, ["output", "vecOutput", "gradient", "vecGradient"]);
});
