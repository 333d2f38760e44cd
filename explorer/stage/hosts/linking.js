// Stages that show the same cells in two ways: whoever points at a cell in one, or pins it, does so in the others.

const FOLLOWING = "data-following";

/**
 * Let a stage follow all stages of its page that have the same `data-link`, which may change. What a stage does because
 * it follows another one is not followed.
 */
export function listenToLinks(root, signal) {
  const { ownerDocument } = root;
  const follow = (name) => ownerDocument.addEventListener(`tconv-${name}`, ({ target, detail: { cell } }) => {
    const isLinked = root.dataset.link && target.dataset.link === root.dataset.link;
    if (target === root || !isLinked || target.hasAttribute(FOLLOWING)) return;
    root.toggleAttribute(FOLLOWING, true);
    const changes = name === "pinned" ? { pin: cell } : { hover: cell };
    root.dispatchEvent(new CustomEvent("tconv-update", { detail: changes }));
    root.toggleAttribute(FOLLOWING, false);
  }, { signal });
  follow("traced");
  follow("pinned");
  // Stages below one another share their room: whoever was alone until now has less.
  const all = [...ownerDocument.querySelectorAll(".tconv-stage[data-link]")];
  const others = all.filter((other) => other !== root && root.dataset.link && other.dataset.link === root.dataset.link);
  for (const other of others) other.dispatchEvent(new CustomEvent("tconv-update", { detail: { size: Math.random() } }));
}
