// A stage that presents covers the page: what lies behind it takes neither the keyboard nor a screen reader's cursor.

import { setInert } from "../inerting.js";

const REASON = "covered";
/** What opens over the stage: dialogs and lists of the page, and what holds them. */
const OVER_ALL = "[role=dialog], [role=listbox], dialog[open], :popover-open";
const IGNORED = "script, noscript, style, link, template";

const isOverAll = (node) => node.matches(OVER_ALL) || node.querySelector(OVER_ALL) !== null;

/** Covers the page while the stage presents; afterwards the focus is where it was before. */
export function listenToCovering({ root, store, signal }) {
  const { ownerDocument } = root;
  const covered = new Set();
  const observer = new MutationObserver(cover);
  let returnTo = null, standing = new Set();

  /** The nodes from the stage up to the page's body. */
  function path() {
    const nodes = [];
    for (let node = root; node && node !== ownerDocument.body; node = node.parentElement ?? node.getRootNode().host) {
      nodes.push(node);
    }
    return nodes;
  }
  /** The page is drawn anew at each run of it: what is new behind the stage is covered too. */
  function cover() {
    const open = new Set(path());
    const beside = [...open].flatMap((node) => [...(node.parentNode?.children ?? [])])
      .filter((node) => !open.has(node) && !node.matches(IGNORED))
      .filter((node) => node.parentNode !== ownerDocument.body || standing.has(node));
    for (const node of beside) {
      const isCovered = !isOverAll(node);
      if (isCovered === covered.has(node)) continue;
      setInert(node, REASON, isCovered);
      if (isCovered) covered.add(node);
      else covered.delete(node);
    }
  }
  function begin(isByVisitor) {
    const { activeElement } = ownerDocument;
    returnTo = root.contains(activeElement) || activeElement === ownerDocument.body ? null : activeElement;
    // What comes into the body later opens over all, some of it in boxes that stand there empty.
    standing = new Set([...ownerDocument.body.children].filter(({ children }) => children.length > 0));
    cover();
    for (const node of path()) if (node.parentNode) observer.observe(node.parentNode, { childList: true });
    // An address that presents at once takes no focus: the page may stand in a frame of another.
    if (isByVisitor && !root.contains(ownerDocument.activeElement)) root.focus({ preventScroll: true });
  }
  function end() {
    observer.disconnect();
    for (const node of covered) setInert(node, REASON, false);
    covered.clear();
    const isElsewhere = root.contains(ownerDocument.activeElement) && ownerDocument.activeElement !== root;
    const next = returnTo?.isConnected && !isElsewhere ? returnTo : root;
    if (!isElsewhere) next.focus({ preventScroll: true });
    returnTo = null;
  }

  store.subscribe(({ isPresenting }, before) => {
    if (isPresenting && !before?.isPresenting) begin(before !== null);
    else if (!isPresenting && before?.isPresenting) end();
  });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    for (const node of covered) setInert(node, REASON, false);
  });
}
