// The stage on a page of its own, without a server: the page carries the documents that its stage can show.

import { mount } from "../mount.js";

const CAN = ["view", "backward", "channel"];

/**
 * `documents` says by "view|direction|in|out" where in `pool` each part of that document is; `first` is the one to
 * begin with; `theme` is "light", "dark", or "" for the visitor's own.
 */
export function startOffline(parent, { pool, documents, first, constants: { texts, palettes }, theme }) {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const documentAt = (key) => Object.fromEntries(Object.entries(documents[key]).map(([name, at]) => [name, pool[at]]));
  const keyOf = ({ view, direction, channels: { shown } }) => [view, direction, ...shown].join("|");

  /** The key that a command leads to. */
  function target({ view, direction, channels: { shown } }, name, args) {
    if (name === "view") return [args.name, direction, ...shown].join("|");
    if (name === "backward") return [view, args.on ? "backward" : "forward", ...shown].join("|");
    return channelKey(Object.keys(documents), `${view}|${direction}`, shown, args);
  }

  const host = {
    can: (name) => CAN.includes(name),
    send(name, args) {
      const { document } = stage.store.state;
      const key = target(document, name, args);
      if (documents[key] && key !== keyOf(document)) stage.update({ document: documentAt(key) });
    },
    palette: () => palettes[theme || (dark.matches ? "dark" : "light")],
    loadPlotly: () => (window.Plotly ? Promise.resolve() : Promise.reject(new Error("plotly.js"))),
  };
  const stage = mount(parent, { document: documentAt(first), texts, host });
  dark.addEventListener("change", () => stage.update({}));
  return stage;
}

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
