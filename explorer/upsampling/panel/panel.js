// The page of upsampling. It computes nothing of the operation: it shows what the server says of the state.

import { createAddress } from "../../networks/panel/address.js";
import { box, element } from "../../stage/dom.js";
import { createCard } from "./card.js";
import { createControls } from "./controls.js";
import { createGallery } from "./gallery.js";
import { createHead } from "./head.js";
import { createStack } from "./stack.js";
import { changed, valueOf } from "./state.js";
import { createTraining } from "./training.js";
import { createUpload } from "./upload.js";

/**
 * Makes the panel in an element. `constants`: words, choices, names of the parameters, what a silent address means
 * (`defaults`). `send({search, number, have, file, train})` asks the server. Returns `update(data)`, with what
 * explorer/upsampling/page makes; `message()`, what the server needs to know; `showConnection(isUp)`; `dispose()`.
 */
export function createUpsamplePanel(parent, constants, { send }) {
  const root = parent.appendChild(element("section", "tconv-upsample"));
  Object.assign(root.dataset, { testid: "upsample", number: "0", state: "waiting" });
  const address = createAddress(constants.names, go);
  let query = address.query(), number = 0, asked = 0, isNew = false, shown = null, read = constants.defaults;
  let isWaiting = false, waiting = null; // one question at a time: of what a slider runs through, the last counts

  const context = {
    ...constants,
    root,
    value: (name) => valueOf(query, name, read),
    /** Go to a changed state. `isNewEntry`: Back leads back here. `isQuiet`: the server has nothing to do with it. */
    change(changes, { isNewEntry = false, isQuiet = false } = {}) {
      query = changed(query, changes, read);
      if (!query.zoom) delete query.zoom;
      isNew ||= isNewEntry;
      head.showLength(address.write(query, isNew));
      isNew = false;
      if (isQuiet) return;
      training.stop();
      fill();
      ask({});
    },
    /** Ask for what is no part of the state: the next steps of a training, or what a file holds. */
    ask,
  };
  const head = createHead(context), upload = createUpload(context), controls = createControls(context, upload);
  const card = createCard(context), gallery = createGallery(context);
  const training = createTraining(context), stack = createStack(context);
  const parts = [head, controls, card, gallery, training, stack];
  root.append(
    ...[head, controls, upload, card, gallery].map(({ node }) => node),
    box("below", training.node, stack.node),
  );
  fill();

  function fill() {
    for (const part of parts) part.fill?.();
  }
  function ask(extra) {
    if (isWaiting && !("file" in extra)) {
      waiting = extra;
      return;
    }
    isWaiting = true;
    root.classList.add("waiting");
    number += 1;
    asked = extra;
    send(message());
  }
  function message() {
    return { search: address.search(query), number, have: upload.name(), ...asked };
  }
  function go(found) {
    query = found;
    training.stop();
    fill();
    ask({});
  }
  function answered() {
    isWaiting = false;
    asked = {};
    const next = waiting;
    waiting = null;
    if (next) ask(next);
    else root.classList.remove("waiting");
  }

  function draw(data) {
    if (data.upload) upload.take(data.upload);
    if (data.pasted) controls.take(data.pasted);
    if (data.training) training.take(data.training);
    if (!data.card) {
      if (!shown) ask({});
      return;
    }
    shown = data;
    read = data.state;
    fill();
    for (const part of parts) part.draw?.(data);
    if (data.needsUpload) upload.restore();
  }

  return {
    update(data) {
      if (data.number !== number && shown !== null) return; // of a message before the last one
      const isAnswer = data.number === number;
      draw(data);
      if (isAnswer && data.number === number) answered();
      Object.assign(root.dataset, { number: String(data.number), state: "shown" });
    },
    message,
    showConnection: (isUp) => head.showConnection(isUp),
    dispose() {
      training.stop();
      address.dispose();
      gallery.dispose();
      root.remove();
    },
  };
}
