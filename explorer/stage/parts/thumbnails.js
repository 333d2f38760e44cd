// All channels in small: tabs, the weight's layout as a table, the matrix as blocks.

import { button, element, named, renew } from "../dom.js";
import { between, overviewBlock, overviewHeight, times } from "../geometry.js";
import { isAsking } from "../hiding.js";
import { filled } from "../language.js";
import { entriesOf } from "../links.js";

const FIRST_LEVEL = "a".charCodeAt(0);
const colourOfLetter = (letter, { levels }) => levels[letter.charCodeAt(0) - FIRST_LEVEL];

/** One pixel a cell. */
function thumbnail(letters, rows, columns, palette) {
  const canvas = Object.assign(element("canvas", "thumbnail"), { width: columns, height: rows });
  const brush = canvas.getContext("2d");
  [...letters].forEach((letter, index) => {
    brush.fillStyle = colourOfLetter(letter, palette);
    brush.fillRect(index % columns, Math.floor(index / columns), 1, 1);
  });
  return canvas;
}

/** The node of one kernel block: a button, or hatched where groups leave it out. */
function blockNode(letters, ci, co, { texts, host }, content) {
  const { one_block: some, no_block: none } = texts.stage;
  if (letters === null) {
    const left = named(element("span", "block none"), filled(none, { ci, co }));
    left.setAttribute("role", "img"); // a span has no name of its own
    return left;
  }
  const choose = () => host.send("channel", { side: "both", channel: ci, other: co });
  const node = named(button("block", choose), filled(some, { ci, co }));
  node.append(content);
  Object.assign(node.dataset, { ci, co, key: `block ${ci} ${co}` });
  return node;
}

const channelLabel = (letter, channel) => element("span", "", `${letter} ${channel}`);

/** The weight's layout: a row an input channel, a column an output channel, in each cell the kernel between them. */
export function drawBlocks({ blocks }, { document, palette }, channel, context) {
  const { channels: { ins, outs, shown }, thumbnails, sizes } = document;
  blocks.hidden = false;
  blocks.style.setProperty("--count", outs + 1);
  blocks.title = context.texts.stage.layout;
  const block = (ci, co) => {
    const letters = thumbnails.weight[ci][co];
    return blockNode(letters, ci, co, context, letters === null ? "" : thumbnail(letters, ...sizes.kernel, palette));
  };
  const head = [element("span"), ...times(outs, (co) => channelLabel("Y", co))];
  const row = (ci) => [channelLabel("X", ci), ...times(outs, (co) => block(ci, co))];
  renew(blocks, ...head, ...times(ins, row).flat());
  pressBlock(blocks, channel, shown[1]);
}

/** Which of the blocks is shown large. */
export function pressBlock(node, ci, co) {
  for (const one of node.querySelectorAll("button.block"))
    one.setAttribute("aria-pressed", String(Number(one.dataset.ci) === ci && Number(one.dataset.co) === co));
}

/**
 * The matrix in small. W has a row of blocks an input channel and a column an output channel; Wᵀ the other way round.
 */
export function overviewNode({ document, links, palette }, matrix, context) {
  const { channels: { ins, outs }, thumbnails } = document;
  const isUpright = matrix === "W";
  const [across, down] = isUpright ? [outs, ins] : [ins, outs];
  const size = blockSize(links, isUpright, across, down);
  const draw = blockPainter(links, isUpright, size, palette);

  function block(row, column) {
    const [ci, co] = isUpright ? [row, column] : [column, row];
    const letters = thumbnails.weight[ci][co];
    const node = blockNode(letters, ci, co, context, letters === null ? "" : draw(letters));
    if (letters === null) Object.assign(node.style, { width: `${size.width}px`, height: `${size.height}px` });
    return node;
  }

  const [rowLetter, columnLetter] = isUpright ? ["X", "Y"] : ["Y", "X"];
  const table = element("div", "blocks"), node = element("figure", "overview");
  table.style.setProperty("--count", across + 1);
  table.append(element("span"), ...times(across, (n) => channelLabel(columnLetter, n)));
  for (let row = 0; row < down; row++) {
    table.append(channelLabel(rowLetter, row), ...times(across, (column) => block(row, column)));
  }
  const { overview, overview_backward: backward } = context.texts.stage;
  node.append(element("figcaption", "title", isUpright ? backward : overview), table);
  return node;
}

/** How many cells a block of the matrix has across and down, and how many px it takes in the overview. */
function blockSize({ inputCells, outputCells }, isUpright, across, down) {
  const [columns, rows] = isUpright ? [outputCells, inputCells] : [inputCells, outputCells];
  const width = overviewBlock(across, isUpright);
  const height = Math.floor(between(12, (width * rows) / columns, overviewHeight(down)));
  return { columns, rows, width, height };
}

/** Draws blocks of that size from the letters of their kernels. */
function blockPainter(links, isUpright, { columns, rows, width, height }, palette) {
  const entries = entriesOf(links);
  const cellWidth = width / columns, cellHeight = height / rows;
  return (letters) => {
    const canvas = Object.assign(element("canvas"), { width, height });
    const brush = canvas.getContext("2d");
    for (const { row, column, q } of entries) {
      const [x, y] = isUpright ? [column, row] : [row, column];
      brush.fillStyle = colourOfLetter(letters[q], palette);
      brush.fillRect(x * cellWidth, y * cellHeight, Math.max(cellWidth, 1), Math.max(cellHeight, 1));
    }
    return canvas;
  };
}

/** A grid's channels as tabs. */
export function drawTabs({ tabs, kind }, state, shown, { texts, host }) {
  const { document, palette, mask } = state;
  const tabsOf = kind.channels === "ins" ? inputTabs : outputTabs;
  const { side, text, one, count, letters, size } = tabsOf(document, texts.stage);
  const isHidden = mask.length > 0 || (kind.role === "output" && isAsking(state));
  const isSmallShown = document.gradient === null && !isHidden; // a masked grid's small picture would tell
  const tab = (channel) => {
    const choose = () => host.send("channel", { side, channel, other: 0 });
    const node = named(button("tab", choose, String(channel)), filled(one, { channel }));
    node.dataset.key = `${side} ${channel}`;
    node.setAttribute("aria-pressed", String(channel === shown));
    if (isSmallShown) node.prepend(thumbnail(letters[channel], ...size, palette));
    return node;
  };
  tabs.hidden = false;
  renew(tabs, element("span", "", text), ...times(count, tab));
}

const inputTabs = ({ channels, thumbnails, sizes }, words) => ({
  side: "in",
  text: words.in_channel,
  one: words.one_in_channel,
  count: channels.ins,
  letters: thumbnails.input,
  size: sizes.input,
});

const outputTabs = ({ channels, thumbnails, sizes }, words) => ({
  side: "out",
  text: words.out_channel,
  one: words.one_out_channel,
  count: channels.outs,
  letters: thumbnails.output,
  size: sizes.window.slice(2),
});
