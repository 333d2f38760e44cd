// The list of examples: headings, whole titles, and a sentence each; a field finds them by any of their words.

import { button, element, onClosed } from "../dom.js";
import { between } from "../geometry.js";

const MOVES = { ArrowDown: 1, ArrowUp: -1 }, MOVES_IN_LIST = { ...MOVES, ArrowRight: 1, ArrowLeft: -1 };

/** Appends the dialog of the host's examples, {group: their names}; returns what draws it. */
export function createGallery({ root, texts, store, host, signal }) {
  const dialog = root.appendChild(element("dialog", "gallery"));
  dialog.setAttribute("aria-label", texts.gallery.label);

  function choose(name) {
    dialog.close();
    host.send("preset", { name });
  }
  const { search, find, entries } = createList(dialog, texts, host.examples ?? {}, choose);

  /** Arrows walk through what is found, from the field and back to it; Enter in the field takes the first. */
  function onKey(event) {
    const found = entries.filter((node) => !node.hidden), at = found.indexOf(root.ownerDocument.activeElement);
    const isTyping = event.target === search, by = (isTyping ? MOVES : MOVES_IN_LIST)[event.key];
    if (event.key === "Enter" && isTyping && found.length) choose(found[0].dataset.name);
    else if (by) (found[between(-1, at + by, found.length - 1)] ?? search).focus();
    else return;
    event.preventDefault();
  }
  dialog.addEventListener("keydown", onKey, { signal });
  onClosed(dialog, () => store.set({ isGalleryOpen: false }), signal);

  function open({ document: { about } }) {
    search.value = "";
    find();
    for (const node of entries) node.removeAttribute("aria-current");
    const current = entries.find(({ dataset }) => dataset.name === about.preset);
    current?.setAttribute("aria-current", "true");
    dialog.showModal();
    current?.scrollIntoView({ block: "center" });
    search.focus({ preventScroll: true });
  }
  return (state, before) => { if (state.isGalleryOpen && !before?.isGalleryOpen) open(state); };
}

/** Appends the field and, under headings, a button for each example; `find()` hides those that it does not name. */
function createList(dialog, texts, groups, choose) {
  const words = texts.gallery;
  const search = dialog.appendChild(element("input", "search"));
  Object.assign(search, { type: "text", placeholder: words.search, ariaLabel: words.search, autocomplete: "off" });
  const list = dialog.appendChild(element("div", "list"));
  const none = dialog.appendChild(element("p", "none", words.none));

  function entryNode(group, name) {
    const node = button("listed", () => choose(name));
    node.append(element("b", "", texts.presets[name]), element("span", "", texts.about[name]));
    Object.assign(node.dataset, { name, words: wordsOf(texts, group, name) });
    return node;
  }
  for (const [group, names] of Object.entries(groups)) {
    const section = list.appendChild(element("section"));
    section.append(element("h4", "", texts.preset_groups[group]), ...names.map((name) => entryNode(group, name)));
  }
  const entries = [...list.querySelectorAll(".listed")];

  function find() {
    for (const node of entries) node.hidden = !isFound(node.dataset.words, search.value);
    for (const section of list.children) section.hidden = !section.querySelector(".listed:not([hidden])");
    none.hidden = entries.some((node) => !node.hidden);
  }
  search.oninput = find;
  return { search, find, entries };
}

/** All by which an example is found: its group, its title, its sentence. */
export const wordsOf = ({ preset_groups: groups, presets, about }, group, name) =>
  `${groups[group]} ${presets[name]} ${about[name]}`.toLowerCase();

/**
 * Whether each word of what somebody types is somewhere in a text, with its spaces or without: not every language
 * writes them. Letters and digits of full width are plain ones.
 */
export function isFound(text, typed) {
  const places = [text, text.replaceAll(/\s/g, "")];
  const words = typed.normalize("NFKC").toLowerCase().split(/\s+/);
  return words.every((word) => places.some((place) => place.includes(word)));
}
