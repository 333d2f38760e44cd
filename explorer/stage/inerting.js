// Nodes that nobody can use for now. Several reasons may hold at once; a node is free when none does.

const reasons = new WeakMap();

/** Make a node inert for a reason, or take that reason away; a node that is inert for another one stays so. */
export function setInert(node, reason, isInert) {
  const held = reasons.get(node) ?? new Set();
  if (isInert) held.add(reason);
  else held.delete(reason);
  reasons.set(node, held);
  node.inert = held.size > 0;
}
