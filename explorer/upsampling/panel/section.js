// A part of the page that can be folded; the address says which are open.

import { element } from "../../stage/dom.js";
import { folded } from "./state.js";

/** A folding part named `name` with what it holds; `fill` folds it as the state says. */
export function section({ value, change }, name, title, ...content) {
  const node = element("details", `section ${name}`), summary = element("summary");
  summary.append(element("h2", "", title));
  node.append(summary, ...content);
  node.dataset.testid = `section-${name}`;
  const isOpen = () => value("open").split("-").includes(name);
  summary.onclick = (event) => {
    event.preventDefault();
    change({ open: folded(value("open"), name, !isOpen()) });
  };
  const fill = () => { node.open = isOpen(); };
  return { node, fill };
}
