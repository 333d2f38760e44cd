// Every arrangement fits into its room: from 1×1 by 1×1 on a phone to far more than a page can ask for.

import { readLinks } from "../../explorer/stage/links.js";
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

// ---- how wide it stands: stage.css in numbers
const NAMES = 35; // a board's margins, in which the row names are
const GAP = 10, SIGN = 34, GAP_OF_MATRIX = 4, SIGN_OF_MATRIX = 22, REST = 60, SIDE = 12, GAP_OF_SIDE = 24, GAP_OF_TOP = 16;
const sum = (widths) => widths.reduce((all, one) => all + one, 0);
const inRow = (gap, widths) => sum(widths) + gap * (widths.length - 1);
const inColumn = (widths) => Math.max(...widths);

/** px across the widest row of what a view places. W and Wᵀ scroll in boxes of their own; blocks in small are none of ours. */
function widthOf(document, direction, { arrangement, cells, share = 0 }) {
  const kinds = new Set(arrangement.split(" ")), [isMatrix, isTall, isStack] = ["matrix", "tall", "stack"].map((kind) => kinds.has(kind));
  const isAbove = isStack || kinds.has("beside") || kinds.has("column"), isWithoutSigns = isStack || isTall;
  const scrolls = (name) => name === "W" || name === "WT";
  const gridWidth = (name) => cells[direction.grids[name].role] * document.grids[name].columns + NAMES;
  const grid = (name) => (scrolls(name) ? (isMatrix && !isTall ? Math.min(gridWidth(name), share) : 0) : gridWidth(name));
  const sign = () => (isTall ? 0 : isMatrix ? SIGN_OF_MATRIX : SIGN);
  const pair = (...children) => {
    const grids = isWithoutSigns || isMatrix ? children.filter((width) => width !== SIGN && width !== SIGN_OF_MATRIX && width > 0) : children;
    return isAbove || isTall ? inColumn(grids) : inRow(isMatrix ? GAP_OF_SIDE : GAP, grids); // in "tall" they wrap
  };
  const side = (both, output) => (isTall ? 0 : SIDE) + (kinds.has("beside") ? inRow(GAP_OF_TOP, [both, output]) : inColumn([both, output]));
  const widths = direction.place({ document, arrangement, grid, sign, pair, side, overview: () => [], rest: (count) => (count && !isTall ? [REST] : []) });
  return isTall ? inColumn(widths) : inRow(isMatrix ? GAP_OF_MATRIX : GAP, widths);
}

/** px that cells of 1 px need, one grid below the other: no arrangement is narrower. */
const leastWidth = ({ grids }) => NAMES + Math.max(...Object.entries(grids).map(([name, { columns }]) => (name.startsWith("W") ? 0 : columns)));

/** The room of a picture as parts/picture.js measures it; while presenting, cells may be larger. */
const roomOf = (width, height) => ({ width, height, largest: Math.max(86, Math.min(width * 0.085, height * 0.16)) });
const presentingRoomOf = (width, height) => ({ width, height, largest: 170 });

/** What is wrong with an arrangement, or nothing. */
function wrongIn(document, room) {
  const direction = directionOf(document), found = direction.arrange(document, direction, room);
  if (found === null) return "no arrangement";
  const roles = Object.keys(document.grids).map((name) => direction.grids[name].role);
  const bad = roles.filter((role) => !(Number.isFinite(found.cells[role]) && found.cells[role] >= 1));
  if (bad.length) return `${found.arrangement}: no cell size for ${bad}`;
  const width = widthOf(document, direction, found);
  return width > Math.max(room.width, leastWidth(document)) ? `${found.arrangement} is ${width} px wide: ${JSON.stringify(found.cells)}` : "";
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
    return Object.values(shownAs.arrange(document, shownAs, roomOf(width, height)).cells);
  };
  for (const [view, direction] of VIEWS) {
    equal(Math.max(...cellsOf(view, direction, 1600, 900)) >= 60, true, `${view} ${direction} on a projector`);
    equal(Math.min(...cellsOf(view, direction, 960, 480)) >= 22, true, `${view} ${direction} on a laptop`);
  }
});

test("where K flipped is too wide beside large cells, it alone becomes smaller", () => {
  const document = made("gather", "forward", { input: [1, 1], kernel: [3, 3] }), direction = directionOf(document);
  equal(direction.arrange(document, direction, roomOf(1280, 480)).cells, { input: 56, kernel: 56, flipped: 56, zero_inserted: 78, output: 78 });
});
