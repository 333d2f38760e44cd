// What is to be said of the address, and whether the server is there.

import { box, element } from "../../stage/dom.js";

export function createNotes({ words }) {
  const connection = element("div", "connection", words.down);
  Object.assign(connection.dataset, { testid: "connection", state: "up" });
  const notices = element("div", "notices"), long = element("p", "", words.long_address);
  for (const node of [connection, notices]) node.setAttribute("role", "status");
  connection.hidden = long.hidden = true;
  let said = "";
  return {
    node: box("notes", connection, notices, long),
    draw({ notices: found }) {
      const texts = found.filter(({ field }) => !["input", "target"].includes(field)).map(({ text }) => text);
      if (said !== texts.join("\n")) notices.replaceChildren(...texts.map((text) => element("p", "", text)));
      said = texts.join("\n");
    },
    showLength(isWritten) {
      long.hidden = isWritten;
    },
    showConnection(isUp) {
      connection.hidden = isUp;
      connection.dataset.state = isUp ? "up" : "down";
    },
  };
}
