// Streamlit's own words, most of them names that only a screen reader says, in the page's language.

const NAMES = ["title", "placeholder", "aria-label"];
const OURS = ".tconv-stage, .tconv-lesson, .tconv-layer, .tconv-upsample, pre";

/**
 * Says them otherwise from now on, whenever Streamlit writes one. `words`: [Streamlit's, the page's] of each, whole
 * texts, which may have {places}. Returns what ends that.
 */
export function renameWidgets({ body }, words) {
  if (!words.length) return () => {};
  const renamed = renaming(words);

  function renameNames(node) {
    for (const name of NAMES) {
      const text = node.getAttribute(name), found = text && renamed(text);
      if (found) node.setAttribute(name, found);
    }
  }
  /** React goes on with the same text node: only what stands in it is another. */
  function renameText(node) {
    const found = renamed(node.data);
    if (found) node.data = found;
  }
  function renameAll(node) {
    if (node.nodeType === Node.TEXT_NODE) renameText(node);
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest(OURS)) return;
    renameNames(node);
    for (const child of node.childNodes) renameAll(child);
  }
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if ((target.parentElement ?? target).closest(OURS)) continue;
      if (type === "attributes") renameNames(target);
      else if (type === "characterData") renameText(target);
      else addedNodes.forEach(renameAll);
    }
  });
  const what = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: NAMES };
  observer.observe(body, what);
  renameAll(body);
  return () => observer.disconnect();
}

/**
 * What becomes of a text; null where it is none of Streamlit's.
 * `renaming([["Help for {label}", "{label}的说明"]])("Help for 步幅")` is "步幅的说明".
 */
export function renaming(words) {
  const whole = new Map(words.filter(([theirs]) => !theirs.includes("{")));
  const patterns = words.filter(([theirs]) => theirs.includes("{")).map(([theirs, ours]) => [patternOf(theirs), ours]);
  return (text) => {
    if (whole.has(text)) return whole.get(text);
    for (const [pattern, ours] of patterns) {
      const found = pattern.exec(text);
      if (found) return ours.replace(/\{(\w+)\}/g, (_, name) => found.groups[name]);
    }
    return null;
  };
}

function patternOf(template) {
  const parts = template.split(/\{(\w+)\}/);
  const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${parts.map((part, at) => (at % 2 ? `(?<${part}>.+)` : literal(part))).join("")}$`);
}
