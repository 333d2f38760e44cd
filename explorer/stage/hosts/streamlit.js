// The stage on the explorer's own page, where Streamlit sends documents and takes commands.

import { element } from "../dom.js";
import { mount } from "../mount.js";
import { createCommands } from "./commands.js";
import { listenToLinks } from "./linking.js";
import { loadOnce, loadPlotly } from "./loading.js";
import { changesOf, offerOf } from "./offering.js";
import { isOvertaken } from "./overtaking.js";
import { createAddress } from "./streamlit/address.js";
import { createConnection } from "./streamlit/connection.js";
import { createControls } from "./streamlit/controls.js";
import { watchDialogs } from "./streamlit/dialogs.js";
import { speakLanguage } from "./streamlit/languages.js";
import { markFirstVisit } from "./streamlit/visit.js";

const DARK = 382; // of 765, the sum of a colour's three parts

/** What Streamlit calls at each run of the page; the stage itself stays where it is. */
export function createStreamlitHost(constants) {
  markFirstVisit();
  speakLanguage(constants);
  return async function draw({ data, parentElement, setStateValue }) {
    const style = Object.assign(element("link"), { rel: "stylesheet" });
    // Rather unstyled than not at all; the next run tries again.
    await loadOnce(style, "href", constants.styleAddress).catch(() => {});
    const anchor = parentElement.querySelector(".tconv-host");
    anchor.page ??= createPage(anchor, constants, data);
    anchor.page.update(data, (commands) => setStateValue("commands", commands));
    // Streamlit calls this too for a run that the next one overtook: then the stage is still on the page, and stays.
    return () => {
      if (anchor.isConnected) return;
      anchor.page?.dispose();
      delete anchor.page;
    };
  };
}

/** What stands for the address of a stage whose page has none of its own for it. */
const NO_ADDRESS = {
  ...{ search: () => "", entry: () => null, link: () => location.href, takeOver: () => null },
  ...{ remember() {}, follow() {}, handOver() {}, dispose() {} },
};

/**
 * One stage, and what it has from its page: commands, connection, address, controls. `isBeside`: it stands beside
 * another stage of the same session, which speaks for both. `hasAddress` false: the page's address is not the stage's.
 */
function createPage(anchor, constants, { isBeside = false, hasAddress = !isBeside }) {
  const { texts, palettes, upstream, examples, lectures, addressNames, plotlyAddress, pageBackground } = constants;
  const { pathname } = location, linked = new AbortController();
  let data = null, stage = null, transmit = null, firstState = {};
  const documentName = () => `${data.session}.${data.number}`;
  const commands = createCommands({ transmit: transmitAll, documentName, onChange: showStatus });
  const connection = createConnection(anchor, { onReturn: resume, onChange: showConnection });
  const controls = createControls(), stopWatching = watchDialogs(document);
  const address = !hasAddress ? NO_ADDRESS : createAddress({
    names: addressNames,
    page: () => data.address,
    mayWrite: () => !commands.waitsFor("go"),
    onGo: (place) => send("go", place),
  });
  takeOver();

  const offers = (name) => offerOf(data)(name), ifOffered = (name, value) => (offers(name) ? value : undefined);
  const hostOf = () => ({
    can: offers,
    isCourse: Boolean(data.tools) || isBeside,
    sharesKeys: () => !data.tools && !isBeside,
    send,
    palette: (root) => palettes[isDark(root, pageBackground) ? "dark" : "light"],
    contrast: palettes.contrast,
    loadPlotly: () => loadPlotly(plotlyAddress),
    link: address.link,
    remember: address.remember,
    examples: ifOffered("examples", examples),
    lectures,
    addressNames,
    visit: ifOffered("playlist", (search) => send("go", { search, entry: address.entry() })),
    fills: { input: Object.keys(texts.stage.fills), kernel: Object.keys(texts.stage.fills), upstream },
  });

  const visit = (search) => send("go", { search, entry: address.entry() });
  function transmitAll(waiting) {
    controls.whenThere(() => {
      transmit(waiting);
      connection.awaitAnswer();
    });
  }
  /** Ask for something; returns the command's id. Where it cannot be had now, the page says so. */
  function send(name, args) {
    if (isBeside) return undefined;
    if (!connection.isUp() && !commands.isKept(name)) {
      connection.refuse();
      return undefined;
    }
    const id = commands.add(name, args);
    if (connection.isUp()) commands.send();
    showStatus();
    return id;
  }
  /** The connection is back, perhaps to a server that knows nothing of this page. */
  function resume() {
    if (!data || isBeside) return;
    const precision = stage?.store.state.document.agreement.precision ?? "";
    commands.resume({ search: address.search(), precision, entry: address.entry() });
  }

  function statusNow() {
    const { notices, refused, history, preview = null } = data;
    const answer = `${data.session}.${data.number}.${data.done}`;
    const isUp = isBeside || connection.isUp();
    const pending = commands.pending();
    const isWaiting = pending.length > 0 && (commands.isLate() || !isUp);
    const isRefused = connection.isRefused();
    return { answer, notices, refused, preview, history, pending, isUp, isRefused, isWaiting };
  }
  function showStatus() {
    if (data) stage?.update({ status: statusNow() });
  }
  function showConnection() {
    controls.allow(connection.isUp());
    showStatus();
  }

  function update(next, transmitted) {
    if (isOvertaken(next, data)) return undefined;
    transmit = transmitted;
    const before = data;
    const isForeign = before !== null && next.session !== before.session;
    if (isForeign && !next.resumed) return resume(); // a new session that does not know this page yet
    const last = isForeign ? next.resumed : (before?.number ?? 0); // the document on screen, by this session's count
    const isOther = stage === null || isForeign || next.number !== before.number;
    data = next;
    controls.rest(next.controls);
    const wasAnswered = commands.settle(next.done);
    const wasAway = (wasAnswered || !commands.count()) && connection.answered();
    if ((wasAway || next.more) && commands.count()) commands.send(); // more than one message may ask for
    show(next, before, { isOther, isNew: next.arrived > last, isChosenHere: next.pushed > last });
    if (next.plays > (before?.plays ?? 0)) stage.update({ step: 0, isPlaying: true });
    return address.follow(next.entry, { isFirst: before === null, isNew: before !== null && next.pushed > last });
  }

  /** A stage for what the page offers now. One that was there gives its place to it, which goes on on the same page. */
  function begin(shown, isNew) {
    if (stage) {
      const { step, pin, speed, isPresenting } = stage.store.state;
      firstState = isNew ? { speed } : { step, pin, speed, isPresenting };
      stage.dispose();
    }
    const state = { ...firstState, status: statusNow(), ...changesOf(data, null) };
    stage = mount(anchor, { document: shown, texts, host: hostOf(), state });
    listenToLinks(stage.root, linked.signal);
  }

  function show(next, before, { isOther, isNew, isChosenHere }) {
    const { document: shown } = next, isFirst = stage === null || String(next.tools) !== String(before.tools);
    if (isFirst) begin(shown, isNew);
    if (isFirst) return;
    const { view } = stage.store.state.document;
    // An example that is chosen while presenting is presented; an address says itself whether it is.
    const { isPresenting } = stage.store.state, mode = isChosenHere ? { isPresenting } : {};
    const changes = { ...changesOf(next, before, { isOther, isNew }), status: statusNow() };
    stage.update({ ...(isOther ? { document: shown, isNew, ...mode } : {}), ...changes });
    // Whoever clicked a view wants to see it move: the stage's keys work at once. From the keyboard the focus stays.
    const { activeElement } = document;
    const isByPointer = activeElement?.closest(".st-key-view") && !activeElement.matches(":focus-visible");
    const isView = shown.view !== view && isByPointer;
    if (isView || (isNew && isChosen(activeElement))) stage.root.focus({ preventScroll: true });
  }

  function takeOver() {
    const kept = address.takeOver();
    if (!kept) return;
    ({ data, firstState } = kept);
    commands.restore(kept.commands);
  }

  /** What the stage that is mounted next, here or in this one's place, goes on from. */
  function handOver() {
    const { step, pin, speed, isPresenting, hiding } = stage?.store.state ?? firstState;
    const { session, number, done, address: own, history } = data;
    address.handOver({
      firstState: { step, pin, speed, isPresenting, hiding },
      data: { session, number, done, address: own, history },
      commands: commands.keptState(),
    });
  }

  return {
    get data() { return data; },
    send,
    visit,
    transmit: (message) => transmit(message),
    update,
    dispose() {
      linked.abort();
      stopWatching();
      if (data && location.pathname === pathname) handOver(); // another page goes on from nothing of this one
      stage?.dispose();
      for (const part of [commands, connection, controls, address]) part.dispose();
    },
  };
}

/** Whether a node is the list of examples, closed: its search field, in which Space and letters would be typed. */
function isChosen(node) {
  return node?.closest(".st-key-preset") && node.getAttribute("aria-expanded") !== "true";
}

/** Whether the page's theme is dark: `pageBackground` is the custom property in which it has its background. */
function isDark(root, pageBackground) {
  const colour = getComputedStyle(root).getPropertyValue(pageBackground).trim();
  const ofHex = () => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const parts = colour.startsWith("#") ? ofHex() : colour.match(/\d+/g)?.map(Number);
  return parts ? parts[0] + parts[1] + parts[2] < DARK : false;
}
