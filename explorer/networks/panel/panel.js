// The page of layers: a text at the left, all that follows from it at the right. It computes nothing: it shows what
// the server says of the state, and tells it each new state.

import { box, element } from "../../stage/dom.js";
import { createAddress } from "./address.js";
import { createCard } from "./card.js";
import { createChart } from "./chart.js";
import { createEditor } from "./editor.js";
import { createFields } from "./fields.js";
import { createFoot } from "./foot.js";
import { createHead } from "./head.js";
import { createLanes } from "./lanes.js";
import { createNotes } from "./notes.js";
import { createProgram } from "./program.js";
import { createSketch } from "./sketch.js";
import { changed, valueOf } from "./state.js";
import { createTable } from "./table.js";
import { createTrip } from "./trip.js";
import { createVerdict } from "./verdict.js";

const TYPING_MS = 150;

/**
 * Makes the panel in an element. `constants`: words, examples, names of the parameters, and what a silent address
 * means (`defaults`). `send({search, number, edit})` asks the server. Returns `update(data)`, with what
 * explorer/networks/page/sheet.py makes; `message()`, what the server needs to know; `showConnection(isUp)`;
 * `dispose()`.
 */
export function createLayerPanel(parent, constants, { send }) {
  const { names, defaults } = constants;
  const root = parent.appendChild(element("section", "tconv-layer"));
  Object.assign(root.dataset, { testid: "layer", number: "0" });
  const address = createAddress(names, go);
  let query = address.query(), number = 0, timer = 0, edit = null, isNew = false, isTyping = false;
  let shown = null; // what is on screen of the server's answers

  const context = {
    ...constants,
    value: (name) => valueOf(query, name, defaults),
    /** Go to a changed state: at once, or while somebody types a moment later. `isNewEntry`: Back leads back here. */
    change(changes, { isNewEntry = false, typed = false, edited = null } = {}) {
      query = changed(query, changes, defaults);
      isNew ||= isNewEntry;
      edit = edited;
      isTyping = typed;
      clearTimeout(timer);
      if (typed) timer = setTimeout(flush, TYPING_MS);
      else flush();
      if (!typed) fill();
    },
    /** What somebody has typed goes at once, where it waits. */
    hurry() {
      if (timer) flush();
    },
    isStale: () => root.classList.contains("stale") || timer > 0,
  };

  const head = createHead(context), editor = createEditor(context), notes = createNotes(context);
  const verdict = createVerdict(context), card = createCard(context), fields = createFields(context);
  const foot = createFoot(context);
  const left = [head, editor, notes, verdict, card, fields, foot];
  const parts = [createTable, createSketch, createChart, createLanes, createTrip, createProgram];
  const right = parts.map((create) => create(context));
  root.append(
    box("side", ...left.map(({ node }) => node)),
    box("main", ...right.map(({ node }) => node)),
  );
  fill();

  /** The fields show the state, whoever changed it. */
  function fill() {
    for (const part of [...left, ...right]) part.fill?.();
  }
  function flush() {
    clearTimeout(timer);
    timer = 0;
    notes.showLength(address.write(query, isNew));
    isNew = false;
    number += 1;
    send(message());
  }
  function message() {
    return { search: address.search(query), number, edit };
  }
  function go(found) {
    clearTimeout(timer);
    [query, timer, edit, isTyping] = [found, 0, null, false];
    fill();
    number += 1;
    send(message());
  }

  /** An edit in the fields is made by the server: the text that comes of it is the state's from now on. */
  function adopt(data) {
    if (!edit) return;
    edit = null;
    if (data.state.layer === context.value("layer")) return;
    query = changed(query, { layer: data.state.layer, pick: data.state.pick }, defaults);
    address.write(query, false);
    fill();
  }
  function draw(data) {
    const isKept = shown !== null && data.problems.length > 0 && (isTyping || !data.rows.length);
    if (!isKept) shown = data;
    root.classList.toggle("stale", isKept);
    for (const part of [head, editor, notes]) part.draw(data, isKept);
    if (!isKept) for (const part of [verdict, card, fields, foot, ...right]) part.draw(shown);
    Object.assign(root.dataset, { number: String(data.number), state: isKept ? "stale" : "shown" });
  }

  return {
    update(data) {
      if (data.number !== number && shown !== null) return; // of a state before this one
      if (data.number === number) adopt(data);
      draw(data);
    },
    message,
    showConnection: (isUp) => notes.showConnection(isUp),
    dispose() {
      clearTimeout(timer);
      address.dispose();
      root.remove();
    },
  };
}
