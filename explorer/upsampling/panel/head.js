// The title, the way to the explorer, and what is to be said of the address and of the server.

import { box, element, renew } from "../../stage/dom.js";

export function createHead({ words }) {
  const explore = Object.assign(element("a", "tool explore", words.explore), { target: "_self" });
  const notices = element("div", "notices"), connection = element("p", "connection", words.down_server);
  const long = element("p", "connection", words.long_address);
  notices.setAttribute("aria-live", "polite");
  Object.assign(connection.dataset, { testid: "connection", state: "up" });
  connection.setAttribute("role", "status");
  connection.hidden = long.hidden = true;
  return {
    node: box("head-part", box("head", element("h1", "", words.title), explore), connection, long, notices),
    draw(data) {
      explore.hidden = !data.explore;
      if (data.explore) explore.href = data.explore;
      renew(notices, ...data.notices.map((text) => element("p", "", text)));
    },
    showConnection(isUp) {
      connection.hidden = isUp;
      connection.dataset.state = isUp ? "up" : "down";
    },
    showLength: (isWritten) => { long.hidden = isWritten; },
  };
}
