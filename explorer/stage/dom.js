// Makes and renews DOM nodes.

const ICONS = {
  play: "M5 3l10 6-10 6z",
  pause: "M4 3h4v12H4zM10 3h4v12h-4z",
  undo: "M7 3 2 7l5 4V8.5c4 0 6.500 1.200 8 4C14.500 8.500 12 6 7 5.500z",
  redo: "M11 3l5 4-5 4V8.500c-4 0-6.500 1.200-8 4C3.500 8.500 6 6 11 5.500z",
  start: "M13 3v12L5 9zM3 3h2v12H3z",
  back: "M12 3v12L4 9z",
  contrast: "M9 2a7 7 0 1 0 0 14a7 7 0 1 0 0-14zM9 4a5 5 0 0 1 0 10z",
  forward: "M6 3v12l8-6z",
  list: "M3 4h12v2H3zM3 8h12v2H3zM3 12h12v2H3z",
  end: "M5 3v12l8-6zM13 3h2v12h-2z",
};

export function element(tag, className = "", text = undefined) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** An element with children. */
export function box(className, ...children) {
  const node = element("div", className);
  node.append(...children);
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 18 18");
  svg.setAttribute("aria-hidden", "true");
  svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path")).setAttribute("d", ICONS[name]);
  return svg;
}

export function button(className, action, text) {
  const node = element("button", className, text);
  node.type = "button";
  node.onclick = (event) => node.getAttribute("aria-disabled") !== "true" && action?.(event);
  return node;
}

/** Switch a button on or off. One that is off keeps the focus, where a disabled one would lose it. */
export const allow = (node, isPossible) => node.setAttribute("aria-disabled", String(!isPossible));

/** Give a node its accessible name, and a tooltip that also says its key. */
export function named(node, label, key = "") {
  node.setAttribute("aria-label", label);
  node.title = key ? `${label} (${key})` : label;
  return node;
}

/**
 * Act when a modal dialog is closed, by Escape at once. The browser's own event may come late on a busy machine, after
 * the next keys: then the dialog may be open again. A file field in the dialog has a "cancel" of its own.
 */
export function onClosed(dialog, act, signal) {
  dialog.addEventListener("cancel", ({ target }) => { if (target === dialog) act(); }, { signal });
  dialog.addEventListener("close", () => { if (!dialog.open) act(); }, { signal });
}

/** Put new children into a node; the focus goes to the new child with the same `data-key` as the one that had it. */
export function renew(parent, ...children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  parent.replaceChildren(...children);
  if (focused === undefined) return;
  const keyed = [...parent.querySelectorAll("[data-key]")];
  keyed.find((node) => node.dataset.key === focused)?.focus({ preventScroll: true });
}

/** A template's text in a fragment; each {place} is filled by a string, a node, or a list of both. */
export function fragmentOf(template, values) {
  const fragment = document.createDocumentFragment();
  const copy = (part) => (part instanceof Node ? part.cloneNode(true) : part); // a place may stand twice
  template.split(/\{(\w+)\}/).forEach((part, index) => {
    const isPlace = index % 2 === 1;
    fragment.append(...(isPlace ? [values[part] ?? ""].flat(9).map(copy) : [part]));
  });
  return fragment;
}
