// What the page has to say: notices, and whether its server is there.

import { element } from "../dom.js";
import { filled } from "../language.js";

/** Appends the notices and the note of a lost connection; returns what draws them. */
export function createNotes({ root, texts }) {
  const words = texts.stage;
  const connection = root.appendChild(element("div", "connection"));
  connection.setAttribute("role", "status");
  Object.assign(connection.dataset, { testid: "connection", state: "up" });
  connection.hidden = true;
  const message = root.appendChild(element("div", "message"));
  message.setAttribute("role", "status");
  let said = "";

  return function draw({ status, canPaint }) {
    const lines = canPaint === false ? [words.no_plotly, ...status.notices] : status.notices;
    if (said !== lines.join("\n")) message.replaceChildren(...lines.map((line) => element("p", "", line)));
    said = lines.join("\n");
    connection.hidden = status.isUp;
    connection.dataset.state = status.isUp ? "up" : "down";
    connection.classList.toggle("refused", status.isRefused === true);
    const edits = status.pending.length;
    const kept = edits ? filled(words.kept, { count: edits }) : "";
    const text = status.isUp ? "" : [words.down, kept].filter(Boolean).join(" ");
    if (connection.textContent !== text) connection.textContent = text;
    root.classList.toggle("down", !status.isUp);
    root.classList.toggle("unsent", status.isWaiting);
  };
}
