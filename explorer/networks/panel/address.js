// The page's address: written as the page is used, read again where Back or Forward lead.

import { queryOf, searchOf } from "./state.js";

/** Longer ones do not come through every server: such a page keeps its old address. */
const LONGEST = 30_000;

/** `names` are the parameters that are ours; `onGo(query)`: Back or Forward came to another state. */
export function createAddress(names, onGo) {
  const { pathname } = location;
  function onPop(event) {
    if (location.pathname !== pathname) return; // another page of the server
    event.stopImmediatePropagation(); // Streamlit itself would start the page anew
    onGo(queryOf(location.search, names));
  }
  window.addEventListener("popstate", onPop, true);

  const search = (query) => searchOf(query, location.search, names);
  return {
    query: () => queryOf(location.search, names),
    search,
    /** Write a state into the browser's present entry, or into a new one; says whether it could. */
    write(query, isNew) {
      const found = search(query);
      if (found.length > LONGEST) return false;
      if (found === search(queryOf(location.search, names))) return true;
      history[isNew ? "pushState" : "replaceState"](history.state, "", pathname + found + location.hash);
      return true;
    },
    dispose: () => window.removeEventListener("popstate", onPop, true),
  };
}
