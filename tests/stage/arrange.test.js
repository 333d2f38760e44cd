// Every arrangement fits into its room: from 1×1 by 1×1 on a phone to far more than a page can ask for.

import { arrange } from "../../explorer/stage/arranging.js";
import { READABLE } from "../../explorer/stage/geometry.js";
import { readLinks, traceOf } from "../../explorer/stage/links.js";
import { startFor } from "../../explorer/stage/parts/excerpt.js";
import { gatherSteps } from "../../explorer/stage/steps.js";
import { directionOf } from "../../explorer/stage/views/index.js";
import { documentOf, equal, test } from "./testing.js";

// ---- documents with only what an arrangement reads
const LARGEST_SECOND = 20000; // explorer/views/matrix.py

/** A document as explorer/documents/schema.py describes it, of any size. */
function made(view, direction, { input, kernel, stride = 1, padding = 0, output_padding: more = 0, dilation = 1, ins = 1, outs = 1, groups = 1 }) {
  const axes = [0, 1].map((axis) => axisOf(input[axis], kernel[axis], stride, padding, more, dilation));
  const of = (name) => axes.map((axis) => axis[name]), [inputCells, outputCells] = [input, of("output")].map(([rows, columns]) => rows * columns);
  const perGroup = ins / groups, isForward = direction === "forward", isMatrix = view === "matrix";
  const shapes = {
    [isForward ? "input" : "gradient"]: input,
    kernel,
    [isForward ? "output" : "upstream"]: of("canvas"),
    ...(isForward && view === "gather" ? { zero_inserted: of("spread"), flipped: kernel } : {}),
    ...(isForward && isMatrix ? { WT: [outputCells, inputCells], vec_input: [inputCells, 1], vec_output: [outputCells, 1] } : {}),
    ...(isMatrix && (!isForward || inputCells * outputCells <= LARGEST_SECOND) ? { W: [inputCells, outputCells] } : {}),
    ...(!isForward && isMatrix ? { vec_upstream: [outputCells, 1], vec_gradient: [inputCells, 1] } : {}),
  };
  return {
    view,
    direction,
    sizes: { input, kernel, full: of("full"), canvas: of("canvas"), window: [padding, padding, ...of("output")] },
    channels: { ins, outs, shown: [0, 0], inputs: Array.from({ length: perGroup }, (_, channel) => channel), block: 0 },
    afterwards: { bias: upTo(outs).map(() => 0) },
    gradient: isForward ? null : { others: outs / groups - 1 },
    thumbnails: ins * outs > 1 ? {} : null,
    weight: upTo(ins).map(() => []),
    landing: { rows: axes[0].landing, columns: axes[1].landing },
    ...(shapes.zero_inserted ? tablesOfGather(axes) : {}),
    grids: Object.fromEntries(Object.entries(shapes).map(([name, [rows, columns]]) => [name, { rows, columns }])),
  };
}

/** What Gather reads besides: where the input's cells are in the zero-inserted X, and each canvas cell's window there. */
const tablesOfGather = (axes) => ({
  zero_inserted: { size: axes.map(({ spread }) => spread), rows: axes[0].inserted, columns: axes[1].inserted },
  windows: { rows: axes[0].windows, columns: axes[1].windows },
});

const upTo = (count) => Array.from({ length: Math.max(count, 0) }, (_, n) => n);

function axisOf(n, k, stride, padding, more, dilation) {
  const full = stride * (n - 1) + dilation * (k - 1) + 1, output = full - 2 * padding + more, border = dilation * (k - 1) - padding;
  const spread = Math.max(Math.max(border, 0) + stride * (n - 1) + 1, Math.max(-border, 0) + output + dilation * (k - 1));
  const canvas = Math.max(full, padding + output), from = Math.max(border, 0);
  return {
    full, output, canvas, spread,
    landing: upTo(n).map((i) => upTo(k).map((a) => i * stride + a * dilation)),
    inserted: upTo(n).map((i) => from + i * stride),
    windows: upTo(canvas).map((t) => upTo(k).map((q) => t - padding + Math.max(-border, 0) + (k - 1 - q) * dilation)
      .map((at) => (at >= 0 && at < spread ? at : -1))),
  };
}

const VIEWS = ["scatter", "gather", "matrix"].flatMap((view) => ["forward", "backward"].map((direction) => [view, direction]));

test("the documents made here are as Python makes them", () => {
  const [square, all] = [{ input: [2, 2], kernel: [2, 2] }, { stride: 2, padding: 1, output_padding: 1, dilation: 2 }];
  const pages = {
    "?preset=basic": square,
    "?preset=basic&view=gather": square,
    "?preset=basic&view=matrix": square,
    "?preset=basic&backward=1": square,
    "?preset=basic&view=matrix&backward=1": square,
    "?x=1,2;3,4&k=1,2;3,4&stride=2&padding=1&output_padding=1&dilation=2&view=gather": { ...square, ...all },
    "?x=1,2,3;4,5,6;7,8,9&k=5&stride=2&padding=1&view=gather": { input: [3, 3], kernel: [1, 1], stride: 2, padding: 1 },
    "?preset=output-padding-zeros&view=gather": { ...square, stride: 2, output_padding: 1 },
    "?preset=padding-1&view=matrix": { ...square, padding: 1 },
    "?preset=groups&view=matrix": { ...square, ins: 2, outs: 2, groups: 2 },
    "?preset=two-channels-add&backward=1": { ...square, ins: 2 },
    "?preset=basic&out_channels=2&backward=1": { ...square, outs: 2 },
    "?x=1,2,3&k=1;2": { input: [1, 3], kernel: [2, 1] },
    "?x=0,1,2,3,4,5,6,7&k=1,2,1&stride=4": { input: [1, 8], kernel: [1, 3], stride: 4 },
    "?x=0,1,2,3,4,5,6,7&k=1,2,1&stride=4&view=gather": { input: [1, 8], kernel: [1, 3], stride: 4 },
  };
  for (const [address, settings] of Object.entries(pages)) {
    const real = documentOf(address), own = made(real.view, real.direction, settings);
    const shapes = Object.entries(real.grids).map(([name, { rows, columns }]) => [name, { rows, columns }]);
    equal(own.grids, Object.fromEntries(shapes), address);
    equal([own.sizes, own.channels, own.landing], [real.sizes, real.channels, real.landing], address);
    const insertedOf = ({ zero_inserted: one }) => one && [one.size, one.rows, one.columns];
    equal([insertedOf(own) ?? null, own.windows ?? null], [insertedOf(real) ?? null, real.windows ?? null], address);
    equal([own.gradient?.others, own.thumbnails === null], [real.gradient?.others, real.thumbnails === null], address);
    equal(readLinks(real).outputCells, own.sizes.window[2] * own.sizes.window[3]);
  }
});

// ---- how large it stands: stage.css in numbers
const NAMES = 35, COLUMN_NAMES = 23; // a board's margins, in which the names of its rows and columns are
const MAP_NAMES = 8, MAP_TITLE = 0; // of a map

/** px across and down that the cells, their names and the signs take; titles may wrap. */
function sizeOf(document, direction, { form, cells, excerpt = null }) {
  const [gap, sign] = form === "phone" || document.view === "matrix" ? [4, 22] : [10, 34];
  const sum = (sizes) => sizes.reduce((all, one) => all + one, 0) + gap * (sizes.length - 1);
  const widths = (parts) => parts.map(({ width }) => width), heights = (parts) => parts.map(({ height }) => height);
  return direction.forms[form]({
    document,
    grid(name) {
      const cell = cells[direction.grids[name].role], { rows, columns } = document.grids[name];
      const { width = cell, height = cell } = cell, isMap = typeof cell === "object";
      return { width: width * columns + (isMap ? MAP_NAMES : NAMES), height: height * rows + (isMap ? MAP_TITLE : COLUMN_NAMES) };
    },
    excerpt: excerpt && ((name) => {
      const { cell, rows, columns } = excerpt, [whole, factor] = direction.excerpt;
      const [down, across] = name === whole ? [rows, columns] : [name === factor ? columns : rows, 1];
      return { width: cell * across + NAMES, height: cell * down + COLUMN_NAMES };
    }),
    sign: () => ({ width: sign, height: sign }),
    overview: () => [],
    rest: () => [],
    row: (...parts) => ({ width: sum(widths(parts)), height: Math.max(...heights(parts)) }),
    column: (...parts) => ({ width: Math.max(...widths(parts)), height: sum(heights(parts)) }),
  });
}

/** {width, height} with cells of 1 px and an excerpt of one cell: nothing is smaller. */
function leastSize(document, direction, { form, cells, excerpt }) {
  const ofOne = Object.entries(cells).map(([role, size]) => [role, typeof size === "object" ? size : 1]);
  return sizeOf(document, direction, { form, cells: Object.fromEntries(ofOne), excerpt: excerpt && { ...excerpt, rows: 1, columns: 1 } });
}

/** The room of a picture as parts/picture.js measures it; while presenting, cells may be larger. */
const roomOf = (width, height) => ({ width, height, largest: Math.max(86, Math.min(width * 0.085, height * 0.16)) });
const presentingRoomOf = (width, height) => ({ width, height, largest: 170 });

/** What is wrong with an arrangement, or nothing. */
function wrongIn(document, room) {
  const direction = directionOf(document), found = arrange(document, direction, room), { form, cells } = found;
  if (form === "lines") return wrongInLines(document, direction, found, room);
  if (form !== formAt(room.width)) return `${form} is the form of another width`;
  const roles = Object.keys(document.grids).map((name) => direction.grids[name].role);
  const isSize = (cell) => Number.isInteger(cell) && cell >= 1 && cell <= room.largest;
  const isMap = ({ width, height }) => width > 0 && height > 0;
  const bad = roles.filter((role) => !(found.excerpt && typeof cells[role] === "object" ? isMap(cells[role]) : isSize(cells[role])));
  if (bad.length) return `no cell size for ${bad}`;
  const size = sizeOf(document, direction, found), least = leastSize(document, direction, found);
  const [own, others] = [cells.kernel, cells.output];
  if (size.width > Math.max(room.width, least.width)) return `${size.width} px wide: ${JSON.stringify(cells)}`;
  if (form === "wide" && !found.excerpt && size.height > Math.max(room.height, least.height)) return `${size.height} px high: ${JSON.stringify(cells)}`;
  if (found.excerpt && !isReadable(found.excerpt, document.grids[direction.excerpt[0]])) return `an excerpt ${JSON.stringify(found.excerpt)}`;
  if (own !== others && (own < others || others >= READABLE)) return `K's cells are of ${own} px, those of Y of ${others}`;
  return "";
}

const scenesOf = (document, direction) => {
  const links = readLinks(document);
  const some = (list) => list.filter((_, n) => n < 2 || n > list.length - 3);
  const names = upTo(document.sizes.input[1]).map((column) => `input:0,0,${column}`);
  const kept = upTo(document.sizes.window[3]).map((column) => `output:0,0,${document.sizes.window[1] + column}`);
  return some(direction.steps === gatherSteps ? kept : names).map((name) => ({ name, trace: traceOf(links, name) }));
};

/** The same of rows over a common axis: each cell of the input over the column of its stamp's beginning, and K over its stamp. */
function wrongInLines(document, direction, { cells, startOf }, room) {
  const { columns: landing } = document.landing, { output, kernel, input } = cells;
  const middle = (role, column, scene) => startOf(role, scene) + column * cells[role].across + cells[role].width / 2;
  for (const scene of [{ trace: null }, ...scenesOf(document, direction)]) {
    const { trace } = scene;
    if (direction.steps === gatherSteps) {
      const canvas = trace ? trace.canvas : document.sizes.window[1], { columns } = document.windows;
      const isOver = columns[canvas].every((column, q) => column < 0
        || middle("flipped", columns[canvas].length - 1 - q, scene) === middle("zero_inserted", column, scene));
      const ends = [0, columns[canvas].length - 1].map((column) => middle("flipped", column, scene));
      if (!isOver) return `K flipped is not under its window at ${canvas}`;
      if (Math.abs((ends[0] + ends[1]) / 2 - middle("output", canvas, scene)) > 1e-6) return `Y[${canvas}] is not under the middle of its window`;
    } else {
      const cell = trace ? trace.cell : 0;
      if (middle("input", cell, scene) !== middle("output", landing[cell][0], scene)) return `X[${cell}] is not over its column`;
      if (landing[cell].some((column, b) => middle("kernel", b, scene) !== middle("output", column, scene))) return `K is not over the stamp of ${cell}`;
    }
    const roles = Object.entries(document.grids).map(([name, { columns }]) => [direction.grids[name].role, columns]);
    const right = Math.max(...roles.map(([role, columns]) => startOf(role, scene) + (columns - 1) * cells[role].across + cells[role].width));
    if (right + 44 + NAMES > room.width + 12 && output.width > 9) return `${right} px wide`;
  }
  if (output.width >= READABLE && (output.width !== input.width || output.width !== kernel.width)) return "cells of several sizes";
  return input.width >= output.width && input.width <= input.across ? "" : "cells of X lie on one another";
}

/** An excerpt has numbers, and does not reach beyond its matrix. */
const isReadable = ({ cell, rows, columns }, whole) =>
  cell >= READABLE && rows >= 1 && columns >= 1 && rows <= whole.rows && columns <= whole.columns;

/** The form of a view at a width: the settings have no part in it. */
function formAt(width) {
  if (width < 620) return "phone";
  return width < 860 ? "narrow" : "wide";
}

function check(settings, widths, heights, room = roomOf) {
  const wrong = [];
  for (const one of settings)
    for (const [view, direction] of VIEWS) {
      const document = made(view, direction, one);
      for (const width of widths)
        for (const height of heights) {
          const found = wrongIn(document, room(width, height));
          if (found) wrong.push(`${view} ${direction} in ${width}×${height}: ${found} ${JSON.stringify(one)}`);
        }
    }
  equal(wrong.slice(0, 5), [], `${wrong.length} wrong`);
}

const each = (...lists) => lists.reduce((sets, list) => sets.flatMap((set) => list.map((one) => [...set, one])), [[]]);
const WIDTHS = [320, 390, 619, 620, 700, 860, 1024, 1280, 1920], HEIGHTS = [240, 480, 1000];

function settingsOf(sides, kernels, strides, dilations, paddings, channels) {
  return each(sides, kernels, strides, dilations, paddings, channels)
    .map(([n, k, stride, dilation, padding, count]) => ({ input: [n, n], kernel: [k, k], stride, dilation, padding, ins: count, outs: count }))
    .filter(({ input: [n], kernel: [k], stride, dilation, padding }) => axisOf(n, k, stride, padding, 0, dilation).output >= 1);
}

// ---- the sweep
test("every size that a page can ask for fits on every page", () => {
  const settings = settingsOf([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5], [1, 4], [1, 3], [0, 2], [1, 4]);
  check(settings, [320, 620, 700, 1280, 1920], [240, 1000]);
});

test("every width and height", () => {
  const widths = Array.from({ length: 41 }, (_, n) => 320 + 40 * n), heights = [240, 360, 480, 600, 720, 860, 1000];
  check(settingsOf([1, 3, 8], [1, 3, 5], [2], [2], [1], [1, 4]), widths, heights);
});

test("inputs and kernels that are not square, output_padding and groups", () => {
  const wide = each([[1, 8], [8, 1], [3, 5]], [[1, 5], [5, 1], [2, 3]]).map(([input, kernel]) => ({ input, kernel }));
  check(wide.flatMap((one) => [one, { ...one, stride: 3, dilation: 3, output_padding: 2, ins: 4, outs: 2, groups: 2 }]), WIDTHS, HEIGHTS);
});

test("while presenting everything fits too", () => {
  check(settingsOf([1, 2, 5, 8], [1, 2, 3, 5], [1, 2], [1], [0], [1, 4]), [1280, 1440, 1920], [700, 1000], presentingRoomOf);
});

test("what is far larger than a page can ask for fits too", () => {
  const sizes = [[28, 28], [64, 64], [1, 200], [300, 1]], kernels = [[1, 1], [3, 3], [11, 11]];
  const large = each(sizes, kernels, [1, 2], [1, 4]).map(([input, kernel, stride, count]) => ({ input, kernel, stride, ins: count, outs: count }));
  check([...large, { input: [8, 8], kernel: [11, 11] }, { input: [2, 2], kernel: [1, 64] }], WIDTHS, HEIGHTS);
});

test("on a large screen a small picture has large cells, on a small one it still has numbers", () => {
  const cellsOf = (view, direction, width, height) => {
    const document = made(view, direction, { input: [2, 2], kernel: [2, 2] }), shownAs = directionOf(document);
    const { cells, excerpt } = arrange(document, shownAs, roomOf(width, height));
    return [...Object.values(cells).filter((cell) => typeof cell === "number"), ...(excerpt ? [excerpt.cell] : [])];
  };
  for (const [view, direction] of VIEWS) {
    equal(Math.max(...cellsOf(view, direction, 1600, 900)) >= 60, true, `${view} ${direction} on a projector`);
    equal(Math.min(...cellsOf(view, direction, 960, 480)) >= 22, true, `${view} ${direction} on a laptop`);
  }
});

test("X, K and Y have cells of one size wherever those of Y hold numbers at it", () => {
  for (const [n, k, stride] of each([1, 2, 3, 4], [1, 2, 3], [1, 2])) {
    const document = made("scatter", "forward", { input: [n, n], kernel: [k, k], stride }), direction = directionOf(document);
    for (const room of [roomOf(951, 455), roomOf(1591, 800), presentingRoomOf(1224, 400)]) {
      const sizes = new Set(Object.values(arrange(document, direction, room).cells));
      equal([sizes.size, Math.min(...sizes) >= READABLE], [1, true], `${n} ${k} ${stride} in ${room.width}`);
    }
  }
});

test("at the largest settings X and K still hold numbers", () => {
  const large = { input: [8, 8], kernel: [5, 5], stride: 4, dilation: 3, output_padding: 3, ins: 4, outs: 4 };
  for (const view of ["scatter", "gather"]) {
    const document = made(view, "forward", large), { cells } = arrange(document, directionOf(document), roomOf(951, 455));
    equal(Math.min(cells.input, cells.kernel) >= READABLE && cells.kernel > cells.output, true, view);
  }
});

test("of a matrix that is too large, a part is shown with its numbers, and moves to what is traced", () => {
  const large = { input: [8, 8], kernel: [5, 5], stride: 4, dilation: 3, output_padding: 3, ins: 4, outs: 4 };
  for (const [direction, room, rows, columns] of [
    ["forward", roomOf(951, 455), 12, 8],
    ["forward", roomOf(1591, 800), 15, 10],
    ["backward", roomOf(951, 455), 12, 8],
  ]) {
    const document = made("matrix", direction, large), { excerpt } = arrange(document, directionOf(document), room);
    equal([excerpt.cell >= READABLE, excerpt.rows >= rows, excerpt.columns >= columns], [true, true, true], `${direction} ${JSON.stringify(excerpt)}`);
  }
  const part = { rows: 10, columns: 8 }, whole = { rows: 100, columns: 64 };
  const from = (start, ...places) => startFor(start, part, whole, places.map(([row, column]) => ({ row, column })));
  equal(from({ row: 0, column: 0 }, [3, 3], [9, 7]), { row: 0, column: 0 }, "what is in sight stays where it is");
  equal(from({ row: 0, column: 0 }, [50, 32]), { row: 45, column: 28 }, "in the middle");
  equal(from({ row: 0, column: 0 }, [99, 63]), { row: 90, column: 56 }, "not beyond the end");
  equal(from({ row: 50, column: 40 }, [2, 1], [90, 60]), { row: 2, column: 1 }, "of more than there is room for, the first");
});

test("beside a part of a large matrix X and K have their numbers where five of its columns can be had as well", () => {
  const largest = { input: [8, 8], kernel: [5, 5], stride: 4, dilation: 3 };
  for (const [direction, shape] of [["forward", largest], ["backward", { input: [3, 3], kernel: [3, 3] }]]) {
    const document = made("matrix", direction, shape), shownAs = directionOf(document);
    const { cells, excerpt } = arrange(document, shownAs, roomOf(951, 455));
    equal([cells.input >= READABLE, cells.kernel >= READABLE, excerpt.columns >= 5], [true, true, true], direction);
  }
});

test("a small matrix is shown as a whole", () => {
  const document = made("matrix", "forward", { input: [2, 2], kernel: [2, 2] });
  equal(arrange(document, directionOf(document), roomOf(951, 455)).excerpt, null);
});

test("one dimension up to 16 long stands in rows, with numbers where the width allows", () => {
  const lengths = each([1, 2, 8, 16], [1, 3, 16], [1, 4], [1, 3], [0, 1]);
  const settings = lengths.map(([n, k, stride, dilation, padding]) => ({ input: [1, n], kernel: [1, k], stride, dilation, padding }))
    .filter(({ input, kernel, stride, dilation, padding }) => axisOf(input[1], kernel[1], stride, padding, 0, dilation).output >= 1 && padding === 0);
  check(settings, [358, 951, 1591], [455]);
  const document = made("scatter", "forward", { input: [1, 8], kernel: [1, 3], stride: 4 }), direction = directionOf(document);
  const found = arrange(document, direction, roomOf(951, 455));
  equal([found.form, found.cells.input.width, found.cells.output.width >= READABLE], ["lines", found.cells.output.width, true]);
});
