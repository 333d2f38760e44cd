// The stage on a page of its own, without a server: the page carries the documents that its stage can show.

import { mount } from "../mount.js";
import { createSliders } from "./offline/sliders.js";

const CAN = ["view", "backward", "channel"];
const VIEWED = 4; // parts of a document's key: view, direction, in, out

/**
 * `documents` says by "view|direction|in|out|values of the sliders" where in `pool` each part of that document is;
 * `first` is the one to begin with; `sliders` are as `createSliders` takes them, or null; `theme` names one of the
 * palettes, or is "" for the visitor's own; `loadPlotly` brings plotly.js where the page does not have it yet;
 * undefined: it paints without.
 */
export function startOffline(parent, { pool, documents, first, sliders, constants, theme, loadPlotly }) {
  const { texts, palettes } = constants;
  const dark = window.matchMedia("screen and (prefers-color-scheme: dark)"); // paper is light
  let values = first.split("|").slice(VIEWED).map(Number);
  const documentAt = (key) => Object.fromEntries(Object.entries(documents[key]).map(([name, at]) => [name, pool[at]]));
  const keyOf = ({ view, direction, channels: { shown } }) => [view, direction, ...shown].join("|");
  const withValues = (key) => [key, ...values].join("|");

  /** The keys, without the sliders' values, of the documents that there are at these values. */
  function keysNow() {
    return Object.keys(documents).filter((key) => key === withValues(viewed(key))).map(viewed);
  }

  /** The key that a command leads to. */
  function target({ view, direction, channels: { shown } }, name, args) {
    if (name === "view") return [args.name, direction, ...shown].join("|");
    if (name === "backward") return [view, args.on ? "backward" : "forward", ...shown].join("|");
    return channelKey(keysNow(), `${view}|${direction}`, shown, args);
  }

  function show(key) {
    if (documents[withValues(key)]) stage.update({ document: documentAt(withValues(key)) });
  }

  /** Other values of the sliders: the same view of the same channels, or where they do not meet of some that do. */
  function choose(chosen) {
    values = chosen;
    const { document } = stage.store.state, { view, direction, channels: { shown } } = document;
    const key = keyOf(document);
    const args = { side: "out", channel: shown[1] };
    show(documents[withValues(key)] ? key : channelKey(keysNow(), `${view}|${direction}`, shown, args));
  }

  const host = {
    can: (name) => CAN.includes(name),
    send(name, args) {
      const { document } = stage.store.state;
      const key = target(document, name, args);
      if (key !== keyOf(document)) show(key);
    },
    palette: () => palettes[theme || (dark.matches ? "dark" : "light")],
    ...(theme ? {} : { contrast: palettes.contrast }),
    async loadPlotly() {
      if (window.Plotly || !loadPlotly) return; // a page that leaves plotly.js out is painted without
      await loadPlotly();
      if (!window.Plotly) throw new Error("plotly.js");
    },
  };
  if (sliders) createSliders(parent, sliders, texts, values, choose);
  const stage = mount(parent, { document: documentAt(first), texts, host });
  dark.addEventListener("change", () => stage.update({}));
  return stage;
}

/** The part of a key that says what is viewed. */
const viewed = (key) => key.split("|").slice(0, VIEWED).join("|");

/** The document of another channel: of two channels in different groups, the one that was asked for decides. */
function channelKey(keys, prefix, [shownIn, shownOut], { side, channel, other }) {
  const has = (ins, outs) => keys.includes(`${prefix}|${ins}|${outs}`);
  const pairs = keys.filter((key) => key.startsWith(`${prefix}|`)).map((key) => key.split("|").slice(2).map(Number));
  if (side === "both") return `${prefix}|${channel}|${other}`;
  if (side === "in") {
    const outs = has(channel, shownOut) ? shownOut : pairs.find(([ins]) => ins === channel)?.[1];
    return `${prefix}|${channel}|${outs}`;
  }
  const ins = has(shownIn, channel) ? shownIn : pairs.find(([, outs]) => outs === channel)?.[0];
  return `${prefix}|${ins}|${channel}`;
}
