// The playlists: which states they have, and what is done with one's own.

import { box, button, element, onClosed, renew } from "../dom.js";
import { textOf } from "../playlist.js";
import { createStates, textField } from "./states.js";

const LONGEST_FILE = 4_000_000; // bytes that are read at all

/** Appends the dialog; returns what draws it. */
export function createPlaylist({ root, texts, store, lecture, signal }) {
  const words = texts.lecture;
  const dialog = root.appendChild(element("dialog", "playlist"));
  dialog.setAttribute("aria-label", words.label);
  let shownId = "";
  const choice = element("select");
  choice.setAttribute("aria-label", words.choose);
  choice.onchange = () => show(choice.value);
  const title = textField("list-title", words.list_title, (text) => change({ title: text }));
  const file = Object.assign(element("input"), { type: "file", accept: ".json,application/json", hidden: true });
  file.onchange = () => readFile(file.files[0]);
  const entries = element("ol", "states"), none = element("p", "none", words.none);
  const tool = (name, action) =>
    Object.assign(button(`tool ${name}`, action, words[name]), { title: words[`${name}_help`] });
  const add = tool("add", () => done(lecture.addPage));
  const fresh = tool("new_list", () => done(lecture.addList));
  const start = tool("start", () => go(0));
  const download = tool("download", () => downloadList(shown()));
  const link = tool("link", async () => copyLink(await lecture.linkOf(shown())));
  const remove = tool("remove_list", () => done(() => lecture.remove(shown())));
  const close = button("tool close", () => dialog.close(), texts.stage.close);
  const head = box("head", choice, title, start, element("span", "space"), close);
  const foot = box("foot", add, fresh, tool("open_file", () => file.click()), file, download, link, remove);
  dialog.append(head, entries, none, foot);
  onClosed(dialog, () => store.set({ isPlaylistOpen: false }), signal);

  const all = () => lecture.lists();
  const stateNode = createStates({ words, lecture, shown: () => shown(), go });
  const shown = () => all().find(({ id }) => id === shownId) ?? all()[0];
  const change = (more) => lecture.replace({ ...shown(), ...more });
  /** Do what makes another list the one that is gone through, and show that one. */
  function done(act) {
    act();
    show(store.state.playlist.id);
  }
  function show(id) {
    shownId = id;
    drawList(store.state);
  }
  function go(at) {
    dialog.close();
    lecture.go(shown(), at);
  }

  // ---- files and links
  async function readFile(chosen) {
    file.value = "";
    const text = chosen && chosen.size <= LONGEST_FILE ? await chosen.text() : "";
    if (lecture.open(text)) show(store.state.playlist.id);
    else say(words.no_file);
  }
  const say = (text) => store.set({ said: { text } });
  async function copyLink(address) {
    if (!address) return say(words.too_long);
    const copied = await navigator.clipboard.writeText(address).then(() => true, () => false);
    return copied ? say(words.link_copied) : store.set({ copyBox: address });
  }

  // ---- drawing
  function drawList(state) {
    const list = shown(), isActive = lecture.active()?.id === list.id, here = isActive ? lecture.place(list) : -1;
    const optionOf = ({ id, title: text }) => new Option(text || words.own, id, false, id === list.id);
    choice.replaceChildren(...all().map(optionOf));
    if (root.ownerDocument.activeElement !== title) title.value = list.title;
    title.hidden = remove.hidden = !list.isOwn;
    start.setAttribute("aria-disabled", String(list.states.length === 0));
    renew(entries, ...list.states.map((one, at) => stateNode(one, at, list, at === here)));
    entries.hidden = list.states.length === 0;
    none.hidden = list.states.length > 0;
  }
  function open(state) {
    shownId = lecture.active()?.id ?? state.ownLists.at(-1)?.id ?? "";
    drawList(state);
    dialog.showModal();
    entries.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
  }
  return function draw(state, before) {
    if (state.isPlaylistOpen && !before?.isPlaylistOpen) open(state);
    else if (dialog.open && state.ownLists !== before?.ownLists) drawList(state);
  };
}

/** Give the list to the browser as a file. */
function downloadList(list) {
  const address = URL.createObjectURL(new Blob([textOf(list)], { type: "application/json" }));
  const name = `${list.title.replaceAll(/[^\p{L}\p{N}]+/gu, "-") || "playlist"}.json`;
  Object.assign(element("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}
