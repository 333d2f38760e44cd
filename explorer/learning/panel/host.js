// The panel on a Streamlit page. What is done in it goes the stage's way: one line of commands, one connection.

import { element } from "../../stage/dom.js";
import { loadOnce } from "../../stage/hosts/loading.js";
import { createPanel } from "./panel.js";

/** The page around the main stage, which is the first one; it may come after the panel. */
const stagePage = () => document.querySelector(".tconv-host")?.page;

/** What Streamlit calls at each run of the page; the panel itself stays where it is. */
export function createPanelHost(constants) {
  const server = {
    send: (name, args) => stagePage()?.send(name, args),
    visitPage: (search) => stagePage()?.visit(search),
  };
  return async function draw({ data, parentElement }) {
    const style = Object.assign(element("link"), { rel: "stylesheet" });
    await loadOnce(style, "href", constants.styleAddress).catch(() => {});
    const anchor = parentElement.querySelector(".tconv-lesson-host");
    anchor.panel ??= createPanel(anchor, constants, server);
    anchor.panel.update(data);
    return () => {
      if (anchor.isConnected) return;
      anchor.panel?.dispose();
      delete anchor.panel;
    };
  };
}
