import * as own from "../../explorer/stage/links.js";
import { documentOf, equal, test } from "./testing.js";

const { readLinks, windowAt, exists, traceOf, usualName, followedName } = own;
const BASIC = "?preset=basic";
const ALL = "?x=1,2;3,4&k=1,2;3,4&stride=2&padding=1&output_padding=1&dilation=2&view=gather";
const FLAT = "?x=1,2,3&k=1;2";
const OTHER_GROUP = "?preset=groups&channel=1,1";
const linksOf = (address) => readLinks(documentOf(address));

test("stamps of 2×2 by 2×2", () => {
  const { stamps, landed } = linksOf(BASIC);
  equal(stamps, [[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]);
  equal(landed[0], [{ cell: 0, q: 0 }]);
  equal(landed[5], [{ cell: 1, q: 3 }, { cell: 3, q: 1 }]);
  equal(landed[4], [{ cell: 0, q: 3 }, { cell: 1, q: 2 }, { cell: 2, q: 1 }, { cell: 3, q: 0 }]);
});

test("stamps with stride, padding, output_padding and dilation", () => {
  const { stamps, landed, columnOf, canvasOf } = linksOf(ALL);
  equal(stamps, [[0, 2, 10, 12], [2, 4, 12, 14], [10, 12, 20, 22], [12, 14, 22, 24]]);
  equal(landed[1], []);
  equal(landed[2], [{ cell: 0, q: 1 }, { cell: 1, q: 0 }]);
  equal(canvasOf, [6, 7, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24]);
  equal(columnOf, [-1, -1, -1, -1, -1, -1, 0, 1, 2, 3, -1, 4, 5, 6, 7, -1, 8, 9, 10, 11, -1, 12, 13, 14, 15]);
});

test("output_padding beyond the full canvas is reached by no stamp", () => {
  const { stamps, landed, outputCells } = linksOf("?preset=output-padding-zeros");
  equal(stamps[3], [12, 13, 17, 18]);
  equal(outputCells, 25);
  equal([landed[4], landed[24]], [[], []]);
});

test("rows and columns are not mixed up", () => {
  const links = linksOf(FLAT);
  equal(links.stamps, [[0, 3], [1, 4], [2, 5]]);
  equal([links.inputAt(2), links.kernelAt(1), links.canvasAt(4)], [[0, 2], [1, 0], [1, 1]]);
  equal([links.inputCells, links.outputCells], [3, 6]);
});

test("the zero-inserted input", () => {
  const { spreadOf, inputUnder } = linksOf(ALL);
  equal(spreadOf, [7, 9, 19, 21]);
  equal(inputUnder.length, 36);
  equal([0, 7, 8, 9, 19, 21, 35].map((spread) => inputUnder[spread]), [-1, 0, -1, 1, 2, 3, -1]);
  equal(linksOf(BASIC).spreadOf, undefined);
});

test("the window over the zero-inserted input", () => {
  const links = linksOf(ALL);
  equal(windowAt(links, 12), [21, 19, 9, 7]);
  equal(windowAt(links, 6), [14, 12, 2, 0]);
  equal(windowAt(links, 4), [11, 9, -1, -1]); // cropped: it reaches beyond what is drawn
});

test("the entries of W, without what is cropped", () => {
  equal(own.entriesOf(linksOf("?preset=padding-1&view=matrix")), [0, 1, 2, 3].map((row) => ({ column: 0, row, q: 3 - row })));
  equal(own.entriesOf(linksOf(BASIC)).length, 16);
  equal(own.entriesOf(linksOf(BASIC)).slice(4, 6), [{ column: 1, row: 1, q: 0 }, { column: 2, row: 1, q: 1 }]);
});

test("names of cells", () => {
  const links = linksOf(BASIC);
  equal(own.parseName("kernel:1,2,3,4"), { grid: "kernel", at: [1, 2, 3, 4] });
  equal(own.inputName(links, 0, 2), "input:0,1,0");
  equal(own.kernelName(links, 0, 1), "kernel:0,0,0,1");
  equal(own.outputName(links, 5), "output:0,1,2");
  equal(own.entryName(links, 0, 3, 8), "W:3,8");
});

test("names of cells among channels", () => {
  const links = linksOf(OTHER_GROUP), second = linksOf("?preset=basic&out_channels=2&channel=0,1&view=matrix");
  equal(own.inputName(links, 1, 2), "input:1,1,0");
  equal(own.kernelName(links, 1, 3), "kernel:1,0,1,1");
  equal(own.outputName(links, 5), "output:1,1,2");
  equal(own.entryName(links, 1, 3, 8), "W:7,17");
  equal(own.kernelName(second, 0, 3), "kernel:0,1,1,1");
});

test("a zero-inserted cell with a number of the input has the input's name", () => {
  const links = linksOf(ALL);
  equal([7, 8, 21].map((spread) => own.spreadName(links, 0, spread)), ["input:0,0,0", "zero_inserted:1,2", "input:0,1,1"]);
  equal(usualName(links, "zero_inserted:1,1"), "input:0,0,0");
  equal(usualName(links, "zero_inserted:1,2"), "zero_inserted:1,2");
  equal(usualName(links, "output:0,1,1"), "output:0,1,1");
  equal(usualName(linksOf(BASIC), "zero_inserted:1,1"), "zero_inserted:1,1");
});

function check(address, there, missing) {
  const links = linksOf(address);
  equal(there.filter((name) => !exists(links, name)), []);
  equal(missing.filter((name) => exists(links, name)), []);
}

test("which names exist", () => {
  const there = ["input:0,1,1", "kernel:0,0,1,1", "output:0,2,2", "W:3,8"];
  const missing = ["input:1,0,0", "input:0,2,0", "input:0,0,2", "input:0,0", "input:0,0,0,0", "input:0,-1,0", "input:0,0,x"];
  check(BASIC, there, [...missing, "kernel:0,1,0,0", "kernel:0,0,2,0", "output:0,3,0", "output:1,0,0", "W:4,0", "W:0,9", "zero_inserted:0,0", "other:0", ""]);
});

test("which names exist in a zero-inserted input", () => {
  check(ALL, ["zero_inserted:0,0", "zero_inserted:5,5", "output:0,0,0", "W:3,15"], ["zero_inserted:1,1", "zero_inserted:6,0", "W:0,16"]);
});

test("which names exist among channels and groups", () => {
  const there = ["input:0,0,0", "input:1,1,1", "kernel:1,0,0,0", "output:1,0,0", "W:4,9", "W:7,17"];
  check(OTHER_GROUP, there, ["kernel:0,0,0,0", "output:0,0,0", "W:0,9", "W:4,0", "W:4,18", "input:2,0,0"]);
  check("?preset=basic&out_channels=2&channel=0,1&view=matrix", ["kernel:0,1,0,0", "W:0,9"], ["kernel:0,0,0,0", "W:0,8"]);
});

const pair = (channel, cell, q, canvas) => ({ channel, cell, q, canvas });

test("what an input cell touches", () => {
  equal(traceOf(linksOf(BASIC), "input:0,0,1"), {
    grid: "input", at: [0, 0, 1], channel: 0, cell: 1,
    pairs: [pair(0, 1, 0, 1), pair(0, 1, 1, 2), pair(0, 1, 2, 4), pair(0, 1, 3, 5)],
  });
  equal(traceOf(linksOf(FLAT), "input:0,0,2").pairs, [pair(0, 2, 0, 2), pair(0, 2, 1, 5)]);
});

test("what a kernel cell touches", () => {
  equal(traceOf(linksOf(BASIC), "kernel:0,0,1,0"), {
    grid: "kernel", at: [0, 0, 1, 0], channel: 0, q: 2,
    pairs: [pair(0, 0, 2, 3), pair(0, 1, 2, 4), pair(0, 2, 2, 6), pair(0, 3, 2, 7)],
  });
});

test("what an output cell touches", () => {
  equal(traceOf(linksOf(BASIC), "output:0,1,2"), {
    grid: "output", at: [0, 1, 2], channel: null, canvas: 5, row: 1, column: 2, pairs: [pair(0, 1, 3, 5), pair(0, 3, 1, 5)],
  });
  equal(traceOf(linksOf("?preset=two-channels-add"), "output:0,0,0").pairs, [pair(0, 0, 0, 0), pair(1, 0, 0, 0)]);
});

test("what an entry of W touches", () => {
  const links = linksOf(BASIC);
  equal(traceOf(links, "W:1,4"), { grid: "W", at: [1, 4], channel: 0, cell: 1, canvas: 4, q: 2, pairs: [pair(0, 1, 2, 4)] });
  equal(traceOf(links, "W:0,8"), { grid: "W", at: [0, 8], channel: 0, cell: 0, canvas: 8, q: null, pairs: [] });
  equal(traceOf(linksOf(ALL), "W:3,5").pairs, [pair(0, 3, 0, 12)]); // a column of W is an output cell, not a canvas cell
  equal(traceOf(linksOf(OTHER_GROUP), "W:5,13").pairs, [pair(1, 1, 2, 4)]);
});

test("what a zero that was put in meets", () => {
  const links = linksOf(ALL);
  const four = [{ canvas: 6, q: 0 }, { canvas: 8, q: 1 }, { canvas: 16, q: 2 }, { canvas: 18, q: 3 }];
  equal(traceOf(links, "zero_inserted:2,2"), { grid: "zero_inserted", at: [2, 2], channel: null, pairs: [], spread: 14, met: four });
  equal(traceOf(links, "zero_inserted:0,0").met, [{ canvas: 6, q: 3 }]);
});

test("what belongs to another group touches nothing", () => {
  const links = linksOf(OTHER_GROUP);
  equal(traceOf(links, "input:0,0,0").pairs, []);
  equal(traceOf(links, "output:1,0,0").pairs, [pair(1, 0, 0, 0)]);
});

const followed = (from, to, name) => followedName(linksOf(from), linksOf(to), name);

test("an entry of W goes to its input and kernel cell in another document", () => {
  equal(followed(BASIC, "?preset=stride-2&view=matrix", "W:1,4"), "W:1,6");
  equal(followed(BASIC, "?preset=arange-9", "W:2,4"), "W:3,5"); // a wider input
  equal(followed(BASIC, "?preset=padding-1&view=matrix", "W:1,4"), "W:1,0");
  equal(followed("?preset=two-channels-add", "?preset=two-channels-add&stride=2", "W:5,4"), "W:5,6");
});

test("an entry of W that is gone leaves its input cell", () => {
  equal(followed(BASIC, "?preset=padding-1&view=matrix", "W:0,0"), "input:0,0,0"); // cropped
  equal(followed(BASIC, "?x=1,2;3,4&k=5", "W:1,4"), "input:0,0,1"); // its kernel cell is gone
  equal(followed(BASIC, "?x=1,2;3,4&k=5", "W:3,4"), "W:3,3");
  equal(followed(BASIC, "?preset=stride-2&view=matrix", "W:0,8"), "input:0,0,0"); // it had none
});

test("an entry of W whose input cell is gone goes too", () => {
  equal(followed(BASIC, "?x=5&k=1,2;3,4", "W:1,4"), "");
});

test("all other names stay as they are", () => {
  const links = linksOf(BASIC);
  equal(followed(BASIC, "?x=5&k=1,2;3,4", "input:0,1,1"), "input:0,1,1");
  equal(followedName(null, links, "W:9,9"), "W:9,9");
  equal(followedName(links, links, "W:1,4"), "W:1,4");
  equal(followed(BASIC, ALL, ""), "");
});
