// A Streamlit page that is one panel: its one state goes to the server, and what follows from it comes back.

import { element } from "../../stage/dom.js";
import { loadOnce } from "../../stage/hosts/loading.js";
import { createConnection } from "../../stage/hosts/streamlit/connection.js";
import { speakLanguage } from "../../stage/hosts/streamlit/languages.js";

/**
 * What Streamlit calls at each run of the page; the panel itself stays where it is. `selector`: the element that it
 * stands in; `createPanel(anchor, constants, {send})` makes it.
 */
export function createAskingHost(selector, createPanel, constants) {
  speakLanguage(constants);
  return async function draw({ data, parentElement, setStateValue }) {
    const style = Object.assign(element("link"), { rel: "stylesheet" });
    await loadOnce(style, "href", constants.styleAddress).catch(() => {});
    const anchor = parentElement.querySelector(selector);
    anchor.panel ??= createConnected(anchor, createPanel, constants);
    anchor.panel.update(data, (message) => setStateValue("sent", message));
    return () => {
      if (anchor.isConnected) return;
      anchor.panel?.dispose();
      delete anchor.panel;
    };
  };
}

/** The panel and its connection: what has no answer yet is sent again when the server is back. */
function createConnected(anchor, createPanel, constants) {
  let transmit = null, message = null;
  const connection = createConnection(anchor, {
    onReturn: () => resend(),
    onChange: () => panel.showConnection(connection.isUp()),
  });
  const panel = createPanel(anchor, constants, {
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
