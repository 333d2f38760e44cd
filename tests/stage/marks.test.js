import { colourOf, createMarks, isColoured, MUTED, TRACED } from "../../explorer/stage/marks.js";
import { FIRST_STATE, sceneOf, withDocument } from "../../explorer/stage/state.js";
import { documentOf, equal, palettes, test } from "./testing.js";

const COLOURS = palettes.light.kernel;
const ALL = "?x=1,2;3,4&k=1,2;3,4&stride=2&padding=1&output_padding=1&dilation=2&view=gather";
const nameOf = (colour) => ({ [TRACED]: "traced", [MUTED]: "muted" })[colour] ?? `colour ${COLOURS.indexOf(colour)}`;

/** What is marked for a traced cell: each mark as a text, "index, colour" and what else there is, by role. */
function marked(address, pin) {
  const state = { ...FIRST_STATE, ...withDocument(FIRST_STATE, documentOf(address), true), pin };
  const scene = sceneOf(state), colour = colourOf(scene.document, palettes.light, scene.trace.pairs.map(({ q }) => q));
  const own = createMarks(scene, palettes.light, colour);
  state.direction.marks[scene.trace.grid](own, scene, scene.trace);
  const textOf = ({ index, colour: shade, corner, label, kind }) =>
    [index, nameOf(shade), ...(corner === undefined ? [] : [`corner ${corner}`]), ...(label ? [`label ${label}`] : []), ...(kind ? [kind] : [])].join(" ");
  return {
    marks: Object.fromEntries([...own.marks].map(([role, list]) => [role, list.map(textOf)])),
    frames: Object.fromEntries(own.frames),
  };
}
const NO_FRAMES = {};

test("an input cell in Scatter", () => {
  equal(marked("?preset=basic", "input:0,0,1"), {
    marks: {
      kernel: ["0 colour 0", "1 colour 1", "2 colour 2", "3 colour 3"],
      flipped: ["3 colour 0", "2 colour 1", "1 colour 2", "0 colour 3"],
      output: ["1 colour 0 corner 0", "2 colour 1 corner 1", "4 colour 2 corner 2", "5 colour 3 corner 3"],
      vec_output: ["1 colour 0", "2 colour 1", "4 colour 2", "5 colour 3"],
      W: ["10 colour 0", "11 colour 1", "13 colour 2", "14 colour 3"],
      WT: ["5 colour 0", "9 colour 1", "17 colour 2", "21 colour 3"],
      input: ["1 traced"],
      vec_input: ["1 traced"],
    },
    frames: { W: [{ row: 1, height: 1, kind: "dashed" }], WT: [{ column: 1, width: 1, kind: "dashed" }] },
  });
});

test("an input cell in Matrix is marked as in Scatter", () => {
  equal(marked("?preset=basic&view=matrix", "input:0,0,1"), marked("?preset=basic", "input:0,0,1"));
});

test("an input cell in Gather is marked in the zero-inserted X too", () => {
  const { marks } = marked("?preset=basic&view=gather", "input:0,0,1");
  equal(marks.zero_inserted, ["6 traced"]);
  equal({ ...marks, zero_inserted: undefined }, marked("?preset=basic", "input:0,0,1").marks);
});

test("an input cell backward: nothing is stamped, no product stands in a corner", () => {
  const found = marked("?preset=basic&backward=1", "input:0,0,1"), forward = marked("?preset=basic", "input:0,0,1");
  equal(found.marks.output, ["1 colour 0 corner null", "2 colour 1 corner null", "4 colour 2 corner null", "5 colour 3 corner null"]);
  equal({ ...found.marks, output: 0 }, { ...forward.marks, output: 0 });
  equal(found.frames, forward.frames);
  for (const view of ["gather", "matrix"]) equal(marked(`?preset=basic&view=${view}&backward=1`, "input:0,0,1"), found);
});

test("what is not stamped yet has no product in its cells' corners", () => {
  const corners = (name) => marked("?preset=basic&step=2&trace=output:0,1,1", name).marks.output.map((mark) => mark.slice(11));
  equal(corners("input:0,0,1"), ["corner 0", "corner 1", "corner 2", "corner 3"]); // the second of two stamps
  equal(corners("input:0,1,0"), Array(4).fill("corner null"));
});

test("the product in the corner of a stamped cell has its sign", () => {
  const corners = (name) => marked("?x=2,-1&k=3,-2", name).marks.output;
  equal(corners("input:0,0,0"), ["0 colour 0 corner 6", "1 colour 1 corner -4"]);
  equal(corners("input:0,0,1"), ["1 colour 0 corner -3", "2 colour 1 corner 2"]);
});

test("a stamp that padding crops is marked on the canvas, but not in Y and W", () => {
  const { marks } = marked("?preset=padding-1", "input:0,0,1");
  equal(marks.output.length, 4);
  equal([marks.vec_output, marks.W, marks.WT], [["0 colour 2"], ["1 colour 2"], ["1 colour 2"]]);
});

test("a kernel cell", () => {
  const expected = {
    marks: {
      input: ["0 muted", "1 muted", "2 muted", "3 muted"],
      vec_input: ["0 muted", "1 muted", "2 muted", "3 muted"],
      output: ["1 colour 1", "2 colour 1", "4 colour 1", "5 colour 1"],
      vec_output: ["1 colour 1", "2 colour 1", "4 colour 1", "5 colour 1"],
      W: ["1 colour 1", "11 colour 1", "22 colour 1", "32 colour 1"],
      WT: ["4 colour 1", "9 colour 1", "18 colour 1", "23 colour 1"],
      kernel: ["1 colour 1"],
      flipped: ["2 colour 1"],
    },
    frames: NO_FRAMES,
  };
  for (const more of ["", "&view=matrix", "&backward=1", "&view=matrix&backward=1"]) equal(marked(`?preset=basic${more}`, "kernel:0,0,0,1"), expected);
  const gather = marked("?preset=basic&view=gather", "kernel:0,0,0,1");
  equal(gather, { ...expected, marks: { ...expected.marks, zero_inserted: ["5 muted", "6 muted", "9 muted", "10 muted"] } });
});

const OUTPUT = {
  marks: {
    input: ["1 colour 3", "3 colour 1"],
    vec_input: ["1 colour 3", "3 colour 1"],
    kernel: ["3 colour 3", "1 colour 1"],
    flipped: ["0 colour 3", "2 colour 1"],
    W: ["14 colour 3", "32 colour 1"],
    WT: ["21 colour 3", "23 colour 1"],
    output: ["5 traced"],
    vec_output: ["5 traced"],
  },
  frames: { W: [{ column: 5, width: 1, kind: "solid" }], WT: [{ row: 5, height: 1, kind: "solid" }] },
};

test("an output cell, with its column of W and its row of Wᵀ", () => {
  for (const more of ["", "&view=matrix", "&backward=1", "&view=gather&backward=1", "&view=matrix&backward=1"])
    equal(marked(`?preset=basic${more}`, "output:0,1,2"), OUTPUT);
});

test("an output cell that is cropped has no column of W", () => {
  const { marks, frames } = marked("?preset=padding-1", "output:0,0,0");
  equal(marks, { input: ["0 colour 0"], vec_input: ["0 colour 0"], kernel: ["0 colour 0"], flipped: ["3 colour 0"], output: ["0 traced"] });
  equal(frames, NO_FRAMES);
});

test("an output cell in Gather: its window, dashed where a zero was put in", () => {
  const { marks, frames } = marked("?preset=basic&view=gather", "output:0,0,0");
  equal(marks.zero_inserted, ["5 colour 0", "4 colour 1 vain", "1 colour 2 vain", "0 colour 3 vain"]);
  equal(marks.kernel, ["0 colour 0", "1 colour 1", "2 colour 2", "3 colour 3"]);
  equal(marks.flipped, ["3 colour 0", "2 colour 1", "1 colour 2", "0 colour 3"]);
  equal([marks.input, marks.output, marks.vec_output], [["0 colour 0"], ["0 traced"], ["0 traced"]]);
  equal([marks.W, marks.WT], [undefined, undefined]); // Gather shows no matrix
  equal(frames.zero_inserted, [{ row: 0, column: 0, height: 2, width: 2, kind: "solid" }]);
});

test("a window with stride and dilation", () => {
  const { marks, frames } = marked(ALL, "output:0,2,2");
  equal(marks.zero_inserted, ["7 colour 3", "9 colour 2", "19 colour 1", "21 colour 0"]);
  equal(frames, {
    zero_inserted: [{ row: 1, column: 1, height: 3, width: 3, kind: "solid" }],
    W: [{ column: 5, width: 1, kind: "solid" }], // canvas cell 12 is output cell 5
    WT: [{ row: 5, height: 1, kind: "solid" }],
  });
  const between = marked(ALL, "output:0,1,1"); // only zeros
  equal(between.marks.zero_inserted, ["14 colour 0 vain", "12 colour 1 vain", "2 colour 2 vain", "0 colour 3 vain"]);
  equal(between.marks.input, undefined);
});

test("a window that reaches beyond what is drawn has no frame", () => {
  const { marks, frames } = marked(ALL, "output:0,0,4");
  equal(marks.zero_inserted, ["9 colour 1", "11 colour 0 vain"]);
  equal(frames, NO_FRAMES);
});

test("a zero that was put in, and the windows that meet it", () => {
  equal(marked(ALL, "zero_inserted:2,2"), {
    marks: {
      kernel: ["0 colour 0", "1 colour 1", "2 colour 2", "3 colour 3"],
      flipped: ["3 colour 0", "2 colour 1", "1 colour 2", "0 colour 3"],
      output: ["6 colour 0", "8 colour 1", "16 colour 2", "18 colour 3"],
      vec_output: ["0 colour 0", "2 colour 1", "8 colour 2", "10 colour 3"],
      zero_inserted: ["14 traced"],
    },
    frames: NO_FRAMES,
  });
});

test("an entry of W that comes from K", () => {
  equal(marked("?preset=basic&view=matrix", "W:1,4"), {
    marks: {
      input: ["1 colour 2"],
      vec_input: ["1 colour 2"],
      kernel: ["2 colour 2"],
      flipped: ["1 colour 2"],
      output: ["4 colour 2"],
      vec_output: ["4 colour 2"],
      W: ["13 traced"],
      WT: ["17 traced"],
    },
    frames: NO_FRAMES,
  });
});

test("an entry of W that is empty", () => {
  const marks = { W: ["8 traced"], WT: ["32 traced"], input: ["0 traced"], vec_input: ["0 traced"], output: ["8 traced"], vec_output: ["8 traced"] };
  for (const more of ["", "&backward=1"]) equal(marked(`?preset=basic&view=matrix${more}`, "W:0,8"), { marks, frames: NO_FRAMES });
});

test("beyond six kernel positions they are labelled, and coloured where few are traced", () => {
  const { marks } = marked("?preset=dv-no-padding", "output:0,1,1");
  equal(marks.input, ["0 colour 0", "1 colour 1", "2 colour 2", "3 colour 3"]);
  equal(marks.kernel, ["4 colour 0 label 1,1", "3 colour 1 label 1,0", "1 colour 2 label 0,1", "0 colour 3 label 0,0"]);
  equal(marks.flipped, ["4 colour 0 label 1,1", "5 colour 1 label 1,0", "7 colour 2 label 0,1", "8 colour 3 label 0,0"]);
  equal(marked("?preset=dv-no-padding", "kernel:0,0,2,1").marks.kernel, ["7 colour 0 label 2,1"]);
});

test("where more than six are traced they all have one colour", () => {
  const { marks } = marked("?preset=dv-no-padding", "input:0,0,1");
  equal(marks.kernel.slice(0, 2), ["0 traced label 0,0", "1 traced label 0,1"]);
  equal(marks.output.slice(0, 4), ["1 traced corner 0 label 0,0", "2 traced corner 1 label 0,1", "3 traced corner 2 label 0,2", "5 traced corner 3 label 1,0"]);
});

test("where positions are labelled, those over zeros put in are muted", () => {
  const { marks } = marked("?preset=dv-no-padding&view=gather", "output:0,0,0");
  equal(marks.zero_inserted.slice(0, 3), ["14 colour 0", "13 muted vain", "12 muted vain"]);
  equal(marks.kernel.slice(0, 2), ["0 colour 0 label 0,0", "1 muted label 0,1"]);
});

test("up to six kernel positions have their own colours", () => {
  equal([[2, 3], [6, 1], [7, 1], [3, 3]].map((kernel) => isColoured({ sizes: { kernel } }, COLOURS)), [true, true, false, false]);
  const colour = colourOf({ sizes: { kernel: [2, 3] } }, palettes.light, []);
  equal([0, 5].map(colour), [COLOURS[0], COLOURS[5]]);
});

test("a cell of another group has no stamp", () => {
  const frames = { W: [{ row: 0, height: 1, kind: "dashed" }], WT: [{ column: 0, width: 1, kind: "dashed" }] };
  for (const more of ["", "&view=matrix", "&backward=1"])
    equal(marked(`?preset=groups${more}`, "input:1,0,0"), { marks: { input: ["0 traced"], vec_input: ["0 traced"] }, frames });
});

test("of several channels only the shown one's products are marked", () => {
  const first = marked("?preset=two-channels-add", "output:0,0,0").marks, second = marked("?preset=two-channels-add&channel=1,0", "output:0,0,0").marks;
  equal([first.input, first.kernel, first.W], [["0 colour 0"], ["0 colour 0"], ["0 colour 0"]]);
  equal(first, second);
  equal(marked("?preset=two-channels-add", "input:1,0,1").marks.output[1], "2 colour 1 corner 20"); // 1·20, of the traced channel
});
