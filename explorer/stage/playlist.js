// Playlists: ordered lists of states, each an address with a title and one line. A list is {id, title, isOwn, states},
// a state {title, note, address, isHidden}, of an example its `preset` too. A pure module.

import { between } from "./geometry.js";
import { stepAfter, stepBefore } from "./state.js";

export const MOST_STATES = 200;
export const LONGEST_WORDS = 200; // characters
const LONGEST_ADDRESS = 20000, MOST_LISTS = 30, FILE_VERSION = 1;

/** The groups of examples as playlists: `addresses` is {group: {name: address}}. */
export function builtInLists(addresses, { presets, about, preset_groups: groups }) {
  const exampleOf = ([preset, address]) =>
    ({ preset, title: presets[preset], note: about[preset], address, isHidden: false });
  return Object.entries(addresses).map(([id, states]) =>
    ({ id, title: groups[id], isOwn: false, states: Object.entries(states).map(exampleOf) }));
}

// ---- where one is, and where a click leads

/**
 * The list that is gone through, or null: one's own where one is chosen, else that of the example on the page. An
 * example that was changed leaves one in its list; numbers of one's own are in none.
 */
export function listOf({ playlist: { id }, document: { about } }, lists) {
  const chosen = lists.find((list) => list.id === id) ?? null;
  const ofExample = ({ states }) => states.some(({ preset }) => preset === about.preset);
  return chosen?.isOwn || about.changed ? chosen : (lists.find(ofExample) ?? null);
}

/** Which state of a list is shown: in a list of examples the page's own, else the one that was gone to last. */
export function placeIn({ playlist: { id, place }, document: { about } }, list) {
  const found = list.isOwn ? -1 : list.states.findIndex(({ preset }) => preset === about.preset);
  if (found >= 0) return found;
  return list.id === id ? Math.min(place, list.states.length - 1) : -1;
}

/** Whether a state begins with all of its steps done. */
const beginsDone = (state) => state !== undefined && stepIn(state.address) === null;
const stepIn = (address) => new URLSearchParams(address).get("step");

/**
 * What is next (`by` 1) or before (−1): a `step` of what is shown, or the `place` of another state; null at either end.
 * `isEnd`: of that state all is done. Without `isStepping` the steps are passed over.
 */
export function turned(state, list, by, isStepping = true) {
  const place = list ? placeIn(state, list) : -1;
  const { step } = state, isLast = step === null;
  const isAtStart = step === 0 || (isLast && beginsDone(list?.states[place]));
  if (isStepping && by > 0 && !isLast) return { step: stepAfter(state) };
  if (isStepping && by < 0 && !isAtStart) return { step: stepBefore(state) };
  const next = place + by;
  if (!list || next < 0 || next >= list.states.length) return null;
  return { place: next, isEnd: isStepping && by < 0 };
}

/** A state's address as it is gone to. */
export function addressOf({ address }, { isEnd, isPresenting }) {
  const query = new URLSearchParams(address);
  if (isEnd) query.delete("step");
  if (isPresenting) query.set("present", "1");
  return `?${query}`;
}

// ---- lists that are one's own

const NOT_KEPT = ["present", "hide"]; // the state itself says whether it is hidden

/** A page as a state: of its address only what says what is on it (`names`), and not how it is presented. */
export function stateOf(search, names, { title, note, isHidden }) {
  const query = new URLSearchParams(search);
  for (const name of [...query.keys()]) if (!names.includes(name) || NOT_KEPT.includes(name)) query.delete(name);
  return { title, note, address: `?${query}`, isHidden };
}

export const isFromStart = ({ address }) => stepIn(address) === "0";

/** A state that begins with nothing done, or with all. */
export function withStart(state, isStart) {
  const query = new URLSearchParams(state.address);
  if (isStart) query.set("step", "0");
  else query.delete("step");
  return { ...state, address: `?${query}` };
}

/** A list in the place of the one with its name, else behind the others. */
export function withList(lists, list) {
  const isThere = lists.some(({ id }) => id === list.id);
  return isThere ? lists.map((one) => (one.id === list.id ? list : one)) : [...lists, list].slice(-MOST_LISTS);
}
export const withoutList = (lists, id) => lists.filter((list) => list.id !== id);
export const withState = (list, state) => ({ ...list, states: [...list.states, state].slice(0, MOST_STATES) });
export const withStateAt = (list, at, change) =>
  ({ ...list, states: list.states.map((state, n) => (n === at ? { ...state, ...change } : state)) });
export const withoutStateAt = (list, at) => ({ ...list, states: list.states.filter((_, n) => n !== at) });

/** A state moved up or down among the others. */
export function withStateMoved(list, at, by) {
  const to = between(0, at + by, list.states.length - 1), others = withoutStateAt(list, at).states;
  return { ...list, states: [...others.slice(0, to), list.states[at], ...others.slice(to)] };
}

// ---- as a file

export function textOf({ title, states }) {
  const fileOf = (state) =>
    ({ title: state.title, note: state.note, address: state.address, hidden: state.isHidden });
  const kept = states.map(fileOf);
  return JSON.stringify({ playlist: FILE_VERSION, title, states: kept }, null, 1);
}

/** The list that a file's text says, under a name; null where it is no playlist. Nothing of it is taken on trust. */
export function listFrom(text, id) {
  const read = parsed(text);
  if (read?.playlist !== FILE_VERSION || !Array.isArray(read.states)) return null;
  const isState = (one) => typeof one?.address === "string" && isAddress(one.address);
  const states = read.states.filter(isState).slice(0, MOST_STATES).map(({ title, note, address, hidden }) =>
    ({ title: words(title), note: words(note), address, isHidden: hidden === true }));
  return { id, title: words(read.title), isOwn: true, states };
}

const isAddress = (text) => text.startsWith("?") && text.length <= LONGEST_ADDRESS;
const words = (value) => (typeof value === "string" ? value.slice(0, LONGEST_WORDS) : "");

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
