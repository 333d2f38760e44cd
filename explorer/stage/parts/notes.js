// What the page has to say: notices, and whether its server is there.

import { box, button, element, named } from "../dom.js";
import { filled } from "../language.js";
import { closeNotice, noticesOf } from "../state.js";

/** Appends the notices and the note of a lost connection; returns what draws them. */
export function createNotes({ root, texts, store }) {
  const words = texts.stage;
  const connection = root.appendChild(element("div", "connection"));
  connection.setAttribute("role", "status");
  Object.assign(connection.dataset, { testid: "connection", state: "up" });
  connection.hidden = true;
  const message = root.appendChild(element("div", "message"));
  message.setAttribute("role", "status");
  let said = "";

  function noticeNode(notice) {
    const close = named(button("close-notice", () => onClose(notice), "×"), words.close);
    return box("notice", element("p", "", textOf(notice)), close);
  }
  /** The next notice's button gets the focus, so that a row of them is closed one after another. */
  function onClose(notice) {
    store.set(closeNotice(store.state, notice));
    (message.querySelector("button") ?? root).focus({ preventScroll: true });
  }
  const textOf = ({ key, text }) => text ?? words[key];

  return function draw(state) {
    const { status } = state;
    const notices = noticesOf(state), lines = notices.map(textOf).join("\n");
    if (said !== lines) message.replaceChildren(...notices.map(noticeNode));
    said = lines;
    connection.hidden = status.isUp;
    connection.dataset.state = status.isUp ? "up" : "down";
    connection.classList.toggle("refused", status.isRefused === true);
    const edits = status.pending.length;
    const kept = edits ? filled(words.kept, { count: edits }) : "";
    const text = status.isUp ? "" : [words.down, kept].filter(Boolean).join(texts.joints.sentences);
    if (connection.textContent !== text) connection.textContent = text;
    root.classList.toggle("down", !status.isUp);
    root.classList.toggle("unsent", status.isWaiting);
  };
}
