// The page of upsampling on a Streamlit page. One state goes to the server, and what it says comes back.

import { element } from "../../stage/dom.js";
import { loadOnce } from "../../stage/hosts/loading.js";
import { createConnection } from "../../stage/hosts/streamlit/connection.js";
import { createUpsamplePanel } from "./panel.js";

/** What Streamlit calls at each run of the page; the panel itself stays where it is. */
export function createUpsampleHost(constants) {
  return async function draw({ data, parentElement, setStateValue }) {
    const style = Object.assign(element("link"), { rel: "stylesheet" });
    await loadOnce(style, "href", constants.styleAddress).catch(() => {});
    const anchor = parentElement.querySelector(".tconv-upsample-host");
    anchor.panel ??= createPanel(anchor, constants);
    anchor.panel.update(data, (message) => setStateValue("sent", message));
    return () => {
      if (anchor.isConnected) return;
      anchor.panel?.dispose();
      delete anchor.panel;
    };
  };
}

/** The panel and its connection: what has no answer yet is sent again when the server is back. */
function createPanel(anchor, constants) {
  let transmit = null, message = null;
  const connection = createConnection(anchor, {
    onReturn: () => resend(),
    onChange: () => panel.showConnection(connection.isUp()),
  });
  const panel = createUpsamplePanel(anchor, constants, {
    send(next) {
      message = next;
      if (!connection.isUp()) return; // it is sent when the server is back
      transmit(message);
      connection.awaitAnswer();
    },
  });
  /** A server that starts anew knows nothing of the page: it gets the state that is on screen. */
  function resend() {
    message = panel.message();
    transmit?.(message);
    connection.awaitAnswer();
  }
  return {
    update(data, transmitted) {
      transmit = transmitted;
      if (!message || data.number >= message.number) connection.answered();
      panel.update(data);
    },
    dispose() {
      connection.dispose();
      panel.dispose();
    },
  };
}
