// Going through a playlist: the steps of a state, then the next state. The lists that are one's own are kept in the
// browser.

import { ALL_HIDDEN, isAsking, NOTHING_HIDDEN } from "../hiding.js";
import { filled, speak } from "../language.js";
import {
  addressOf, builtInLists, listFrom, listOf, placeIn, stateOf, textOf, turned, withList, withoutList, withState,
} from "../playlist.js";
import { LONGEST_LINK, packed, unpacked } from "../sharing.js";
import { stepTo } from "../state.js";

const FRAGMENT = "playlist=";
const KEPT_AS = "tconv-playlists";
const LONGEST_WAY_MS = 4000; // a page that has not arrived by then is no longer waited for

/** What keys, bar and panel do with playlists; `isPossible`: whether this host can go to another page at all. */
export function createLecturing({ texts, store, host }) {
  const builtIn = builtInLists(host.lectures ?? {}, texts);
  const lists = () => [...builtIn, ...store.state.ownLists];
  const active = () => listOf(store.state, lists());
  const place = (list = active()) => (list ? placeIn(store.state, list) : -1);
  let underway = null; // {hiding, until}: what is hidden on the page that was asked for, and how long it is waited for

  /** Go to a state of a list. What somebody hid stays hidden; what a state hid is hidden for that state. */
  function go(list, at, isEnd = false) {
    const { isPresenting, hiding } = store.state;
    const to = list.states[at], from = active()?.states[place()];
    if (host.visit(addressOf(to, { isEnd, isPresenting })) === undefined) return;
    const isHidden = to.isHidden || (hiding.isOn && !from?.isHidden);
    underway = { hiding: isHidden ? ALL_HIDDEN : NOTHING_HIDDEN, until: performance.now() + LONGEST_WAY_MS };
    store.set({ playlist: { id: list.id, place: at }, ...(to.isHidden ? { hiding: ALL_HIDDEN } : {}) });
  }

  /** On (1) or back (−1); a click while a page is on its way is none: nobody has seen that page yet. */
  function advance(by, isStepping = true) {
    if (underway && performance.now() < underway.until) return;
    const list = active(), next = turned(store.state, list, by, isStepping);
    if (next === null) return;
    if (next.place === undefined) store.set(stepTo(next.step));
    else go(list, next.place, next.isEnd);
  }

  function begin() {
    store.set({ ownLists: read() ?? [] });
    takeFromLink();
  }
  store.subscribe((state, before) => {
    if (before === null) begin();
    if (underway && before && state.document !== before.document) {
      const { hiding } = underway;
      underway = null;
      store.set({ hiding, isPresenting: before.isPresenting }); // who began or ended it meanwhile has meant it
    }
    const list = state.isPresenting ? active() : null;
    if (list && list.id !== state.playlist.id) store.set({ playlist: { id: list.id, place: place(list) } });
    const isOver = !state.isPresenting && (state.isBlank || state.isSpotlit);
    if (isOver) store.set({ isBlank: false, isSpotlit: false });
  });

  // ---- one's own lists
  /** Change what is kept, as it is now: another window may have changed it too. */
  function change(act, more = {}) {
    const own = act(read() ?? store.state.ownLists);
    const isKept = write(own);
    store.set({ ownLists: own, ...more, ...(isKept ? {} : { said: { text: texts.lecture.not_kept } }) });
  }
  const newId = () => `own-${Date.now().toString(36)}`;

  /** Put the present page at the end of the list that is shown, or of a new one where that is none of one's own. */
  function addPage() {
    const { state } = store, shown = state.ownLists.find(({ id }) => id === state.playlist.id);
    const list = shown ?? state.ownLists.at(-1) ?? addList();
    const { title, changed, message } = state.document.about, name = speak(texts, title);
    const words = {
      title: changed ? filled(texts.facts.changed, { title: name }) : name,
      note: message ? speak(texts, message) : "",
      isHidden: isAsking(state),
    };
    const page = stateOf(new URL(host.link()).search, host.addressNames, words);
    change((own) => withList(own, withState(own.find(({ id }) => id === list.id) ?? list, page)), {
      playlist: { id: list.id, place: list.states.length },
    });
  }
  function addList() {
    const list = { id: newId(), title: texts.lecture.own, isOwn: true, states: [] };
    change((own) => withList(own, list), { playlist: { id: list.id, place: -1 } });
    return list;
  }
  /** Take over a list from a file; whether it is one. */
  function open(text) {
    const list = listFrom(text, newId());
    if (list) change((own) => withList(own, list), { playlist: { id: list.id, place: 0 } });
    return list !== null;
  }

  // ---- as a link
  /** A link that brings a list along, to this page; empty where it would be too long, or cannot be made. */
  async function linkOf(list) {
    const address = new URL(host.link()), letters = await packed(textOf(list)).catch(() => "");
    address.hash = letters && `${FRAGMENT}${letters}`;
    return letters && address.href.length <= LONGEST_LINK ? address.href : "";
  }
  /** Take over the list that a link brought along, once: the same one is not kept twice. */
  async function takeFromLink() {
    const letters = location.hash.slice(1);
    if (!host.visit || !letters.startsWith(FRAGMENT)) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    const text = await unpacked(letters.slice(FRAGMENT.length));
    const same = store.state.ownLists.find((list) => textOf(list) === text);
    if (same) store.set({ playlist: { id: same.id, place: 0 } });
    if (same || (text !== null && open(text))) store.set({ isPlaylistOpen: true });
    else store.set({ said: { text: texts.lecture.no_file } });
  }

  return {
    isPossible: host.visit !== undefined,
    lists,
    active,
    place,
    go,
    advance,
    addPage,
    addList,
    open,
    linkOf,
    replace: (list) => change((own) => own.map((one) => (one.id === list.id ? list : one))),
    remove: (list) => change((own) => withoutList(own, list.id), { playlist: { id: "", place: -1 } }),
  };
}

/** The lists that the browser keeps; null where it keeps none, or may not be asked. */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_AS) ?? "null");
    return kept && kept.map(([id, text]) => listFrom(text, String(id))).filter(Boolean);
  } catch {
    return null;
  }
}

function write(lists) {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(lists.map((list) => [list.id, textOf(list)])));
    return true;
  } catch {
    return false;
  }
}
