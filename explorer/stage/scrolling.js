// What scrolls can be reached by Tab, so that the arrow keys scroll it; what does not scroll is no stop on the way.

const isScrolled = (node) => node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1;

/** Make a node a stop of the Tab key where it scrolls now. */
export function reachIfScrolled(node) {
  if (isScrolled(node)) node.tabIndex = 0;
  else node.removeAttribute("tabindex");
}

/** The same whenever the node or one of the children that it has now gets another size. */
export function watchScrolling(node) {
  const observer = new ResizeObserver(() => reachIfScrolled(node));
  for (const one of [node, ...node.children]) observer.observe(one);
  return node;
}
