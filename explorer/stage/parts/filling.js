// What is in the picture's grids: numbers and colours, and what no step changes.

import { resultRole } from "../hiding.js";
import { createSpeech } from "../words.js";
import { excerptText } from "./excerpt.js";
import { drawBlocks, drawTabs, pressBlock } from "./thumbnails.js";
import { askedTitle, blockText, writeTitle } from "./title.js";

/** Fills `grids`; `forget()` makes it draw everything anew, and `version()` grows with each change of what is drawn. */
export function createFilling({ node, grids, texts, host }) {
  let filled = null, dressed = null, version = 0;

  /** The numbers and colours. A step alone changes only the grids that grow. */
  function fill(state, scene, isMasked) {
    const { document, palette, step, canPaint, editing, mask, hiding, status } = state, { channel } = scene;
    const now = { document, palette, canPaint, editing, mask, hiding, pending: status.pending, channel };
    const isOnlyStep = isSame(filled, now);
    if (isOnlyStep && filled.step === step) return;
    filled = { ...now, step };
    version += 1;
    const { canvas, touched } = state.direction.steps.canvasAt(scene.links, step);
    const full = { ...scene, canvas };
    if (!isOnlyStep) measure(state, scene);
    for (const grid of grids.values()) {
      if (!isOnlyStep || grid.kind.grows) fillGrid(state, grid, full, touched, isMasked);
    }
  }

  /** The size of each grid's numbers: from what it holds when all steps are done. */
  function measure({ direction, links }, scene) {
    const { canvas } = direction.steps.canvasAt(links, null);
    const done = { ...scene, step: null, canvas };
    for (const grid of grids.values()) {
      const { source = grid } = grid.kind; // an excerpt's numbers stay as large where it moves
      grid.measure(source.kind.values(done, source));
    }
  }

  function fillGrid(state, grid, scene, touched, isMasked) {
    const { document, palette, canPaint, editing, mask } = state;
    const { kind, name } = grid;
    const values = kind.values(scene, grid);
    grid.fill(values, {
      bound: kind.boundOf?.(scene) ?? document.grids[grid.of].bound,
      palette,
      canPaint,
      textOf: textsInstead(state, grid, scene, isMasked),
      touched: kind.isCanvas && kind.grows ? touched : null,
      editing: editing?.grid === name ? editing.box : null,
    });
    if (!kind.isMatrix) return;
    const entries = kind.filledCells(scene, grid);
    if (grid.cells.length) grid.keepOnly(entries);
    if (canPaint) grid.blank(entries, mask.length ? [] : values, palette); // a hidden 0 must not be told
  }

  /** What stands in a cell instead of its number: a question mark where it is masked, or what somebody typed. */
  function textsInstead({ status, mask, hiding }, grid, scene, isMasked) {
    const isOneNumber = (text) => !/[\t\n]/.test(text); // what a pasted block means is decided by the host
    const typed = status.pending.filter(({ grid: name, text }) => name === grid.kind.edits && isOneNumber(text));
    if (!typed.length && !mask.length && !hiding.isOn) return null;
    return (row, column) => {
      if (isMasked(grid.kind.nameAt(scene, row, column))) return { text: texts.stage.hidden, isHidden: true };
      const place = String(grid.kind.editAt?.(scene, row, column));
      const own = typed.findLast(({ at }) => String(at) === place);
      return own && { text: own.text, isPending: true };
    };
  }

  /** What no step changes: titles, cells' names, crop frame, channels. */
  function dress(state, scene) {
    const { document, palette, mask, hiding, asking, isCompact } = state;
    const { channel } = scene;
    const now = { document, palette, channel, mask, hiding, asking, isCompact };
    if (isSame(dressed, now)) return;
    dressed = now;
    const speech = createSpeech(scene, { texts, colour: () => "", direction: state.direction, isMasked: () => false });
    for (const grid of grids.values()) dressGrid(state, grid, channel, speech);
    const overview = node.querySelector(".overview");
    if (overview) pressBlock(overview, channel, document.channels.shown[1]);
  }

  function dressGrid(state, grid, channel, speech) {
    const { document, links } = state;
    const { kind } = grid;
    writeTitle(grid, texts, titleOf(state, grid), titleOptions(state, grid, channel));
    grid.node.classList.toggle("unsized", state.asking === "size" && tellsSize(kind, document.direction));
    if (grid.isEditable) {
      const { nameX: input, nameK: kernel } = speech;
      const nameOf = { input, kernel, upstream: (_, index) => speech.nameY(index) }[kind.edits];
      grid.nameCells((index) => nameOf(channel, index), texts.stage.edit);
    }
    if (kind.isCanvas) grid.crop(document, links.columnOf);
    if (kind.role === "zero_inserted") grid.insertZeros(document.zero_inserted, links.inputUnder);
    dressChannels(state, grid, channel);
  }

  function titleOptions({ document, direction, isCompact }, grid, channel) {
    const blockOf = ({ kind }, isNamed) => {
      if (kind.isExcerpt) return excerptText(texts, kind.start(), grid, kind.source);
      return isNamed ? blockText(texts, document, channel, grid) : "";
    };
    const { ins, outs, shown } = document.channels;
    const { kind } = grid;
    const isNamed = direction.namesChannels && (ins > 1 || outs > 1);
    return {
      channel: isNamed && kind.channels ? shownChannel(kind, channel, shown) : null,
      block: kind.isMatrix ? blockOf(grid, isNamed) : "",
      more: [grid.menu],
      short: isCompact ? shortName(kind, direction) : "",
    };
  }

  function dressChannels(state, grid, channel) {
    const { direction, document } = state;
    const { channels, thumbnails } = document;
    const { kind } = grid;
    const count = channels[kind.channels] ?? 1;
    const context = { texts, host };
    grid.tabs.hidden = grid.blocks.hidden = true;
    if (direction.hasTabs && count > 1) drawTabs(grid, state, shownChannel(kind, channel, channels.shown), context);
    if (direction.hasBlocks && kind.role === "kernel" && thumbnails) drawBlocks(grid, state, channel, context);
  }

  /** An excerpt that has moved: its names, its numbers and its title. */
  function move(state, scene, grid, isMasked) {
    const { kind } = grid, { canvas, touched } = state.direction.steps.canvasAt(scene.links, state.step);
    grid.nameAxes(kind.rowNames(scene.links, grid), kind.columnNames(scene.links, grid));
    fillGrid(state, grid, { ...scene, canvas }, touched, isMasked);
    dressGrid(state, grid, scene.channel, null);
  }

  return {
    move,
    draw(state, scene, isMasked) {
      fill(state, scene, isMasked);
      dress(state, scene);
    },
    forget() {
      filled = dressed = null;
    },
    version: () => version,
  };
}

/** A grid's title; an excerpt of the matrix has the size of what it is cut out of elsewhere. */
function titleOf(state, { of, kind }) {
  const { document: { grids, direction }, asking, mask } = state, { title } = grids[of];
  const isUnsized = tellsSize(kind, direction) && asking === "size";
  if (isUnsized || (asking && mask.includes(kind.role))) return askedTitle(title, isUnsized);
  return kind.isExcerpt && kind.isMatrix ? { ...title, shape: [] } : title;
}

/** X, K, Y: what a grid is called where there is little room; empty where that is its name. */
const shortName = ({ role }, { letters }) => ({ ...letters, kernel: "K" })[role] ?? "";

/** Whether a grid is as large as the result, or a side of it is. */
const tellsSize = ({ role, isMatrix }, direction) =>
  isMatrix === true || role.replace("vec_", "") === resultRole({ direction });

/** Which channel a grid shows: of the input's, the scene's; of the output's, the document's. */
const shownChannel = (kind, channel, shown) => (kind.channels === "ins" ? channel : shown[1]);

/** Whether what was drawn before has all of these values. */
const isSame = (before, now) => before !== null && Object.entries(now).every(([name, value]) => before[name] === value);
