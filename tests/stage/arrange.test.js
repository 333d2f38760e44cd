// Every arrangement fits into its room: from 1×1 by 1×1 on a phone to far more than a page can ask for.

import { READABLE } from "../../explorer/stage/geometry.js";
import { readLinks } from "../../explorer/stage/links.js";
import { arrange } from "../../explorer/stage/views/arranging.js";
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
    gradient: isForward ? null : { others: outs / groups - 1 },
    thumbnails: ins * outs > 1 ? {} : null,
    grids: Object.fromEntries(Object.entries(shapes).map(([name, [rows, columns]]) => [name, { rows, columns }])),
  };
}

function axisOf(n, k, stride, padding, more, dilation) {
  const full = stride * (n - 1) + dilation * (k - 1) + 1, output = full - 2 * padding + more, border = dilation * (k - 1) - padding;
  const spread = Math.max(Math.max(border, 0) + stride * (n - 1) + 1, Math.max(-border, 0) + output + dilation * (k - 1));
  return { full, output, canvas: Math.max(full, padding + output), spread };
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
  };
  for (const [address, settings] of Object.entries(pages)) {
    const real = documentOf(address), own = made(real.view, real.direction, settings);
    const shapes = Object.entries(real.grids).map(([name, { rows, columns }]) => [name, { rows, columns }]);
    equal(own.grids, Object.fromEntries(shapes), address);
    equal([own.sizes, own.channels], [real.sizes, real.channels], address);
    equal([own.gradient?.others, own.thumbnails === null], [real.gradient?.others, real.thumbnails === null], address);
    equal(readLinks(real).outputCells, own.sizes.window[2] * own.sizes.window[3]);
  }
});

// ---- how large it stands: stage.css in numbers
const NAMES = 35, COLUMN_NAMES = 23; // a board's margins, in which the names of its rows and columns are
const GAP = 10, SIGN = 34;
const sum = (sizes) => sizes.reduce((all, one) => all + one, 0) + GAP * (sizes.length - 1);

/** px across and down that the cells, their names and the signs take; titles may wrap. */
function sizeOf(document, direction, { form, cells }) {
  const widths = (parts) => parts.map(({ width }) => width), heights = (parts) => parts.map(({ height }) => height);
  return direction.forms[form]({
    document,
    grid(name) {
      const cell = cells[direction.grids[name].role], { rows, columns } = document.grids[name];
      return { width: cell * columns + NAMES, height: cell * rows + COLUMN_NAMES };
    },
    sign: () => ({ width: SIGN, height: SIGN }),
    overview: () => [],
    rest: () => [],
    row: (...parts) => ({ width: sum(widths(parts)), height: Math.max(...heights(parts)) }),
    column: (...parts) => ({ width: Math.max(...widths(parts)), height: sum(heights(parts)) }),
  });
}

/** {width, height} with cells of 1 px: nothing is smaller. */
function leastSize(document, direction, form) {
  const cells = Object.fromEntries(Object.values(direction.grids).map(({ role }) => [role, 1]));
  return sizeOf(document, direction, { form, cells });
}

/** The room of a picture as parts/picture.js measures it; while presenting, cells may be larger. */
const roomOf = (width, height) => ({ width, height, largest: Math.max(86, Math.min(width * 0.085, height * 0.16)) });
const presentingRoomOf = (width, height) => ({ width, height, largest: 170 });

/** What is wrong with an arrangement, or nothing. */
function wrongIn(document, room) {
  const direction = directionOf(document), found = arrange(document, direction, room), { form, cells } = found;
  if (form !== formAt(room.width)) return `${form} is the form of another width`;
  const roles = Object.keys(document.grids).map((name) => direction.grids[name].role);
  const bad = roles.filter((role) => !(Number.isInteger(cells[role]) && cells[role] >= 1 && cells[role] <= room.largest));
  if (bad.length) return `no cell size for ${bad}`;
  const size = sizeOf(document, direction, found), least = leastSize(document, direction, form);
  const [own, others] = [cells.kernel, cells.output];
  if (size.width > Math.max(room.width, least.width)) return `${size.width} px wide: ${JSON.stringify(cells)}`;
  if (form === "wide" && size.height > Math.max(room.height, least.height)) return `${size.height} px high: ${JSON.stringify(cells)}`;
  if (own !== others && (own < others || others >= READABLE)) return `K's cells are of ${own} px, those of Y of ${others}`;
  return "";
}

/** The form of a view at a width: the settings have no part in it. */
function formAt(width) {
  if (width < 620) return "phone";
  return width <= 860 ? "narrow" : "wide";
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
    return Object.values(arrange(document, shownAs, roomOf(width, height)).cells);
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
