// The stage in a notebook: the kernel answers its commands. https://anywidget.dev/en/afm

import { mount } from "../mount.js";
import { createCommands } from "./commands.js";

const HEIGHT = 620; // px of a stage in an output cell
const CANNOT = ["dialog", "link"];

export function createAnywidget(constants) {
  return { render: ({ model, el }) => showModel(model, el, constants) };
}

/** The model has `page` ({document, and the session's answer}); it takes `cell`, `step` and custom messages. */
function showModel(model, parent, { language, texts, palettes, upstream, examples }) {
  const page = () => model.get("page");
  const commands = createCommands({
    transmit: (waiting) => model.send({ commands: waiting }),
    documentName: () => `${page().session}.${page().number}`,
    onChange: () => stage.update({ status: statusNow() }),
  });
  const host = {
    can: (name) => !CANNOT.includes(name),
    send(name, args) {
      const id = commands.add(name, args);
      commands.send();
      stage.update({ status: statusNow() });
      return id;
    },
    palette: () => palettes[isDark() ? "dark" : "light"],
    contrast: palettes.contrast,
    loadPlotly: () => loadPlotlyFrom(model),
    remember({ step, trace }) {
      model.set("cell", trace);
      model.set("step", step);
      model.save_changes();
    },
    height: () => HEIGHT,
    examples,
    fills: { input: Object.keys(texts.stage.fills), kernel: Object.keys(texts.stage.fills), upstream },
  };

  function statusNow() {
    const { session, number, done, notices, refused, history, preview = null } = page();
    const pending = commands.pending();
    const isWaiting = pending.length > 0 && commands.isLate();
    const answer = `${session}.${number}.${done}`;
    return { answer, notices, refused, preview, history, pending, isUp: true, isWaiting };
  }
  let shown = page();
  countOn();
  // A widget may be shown again, or in two places: it goes on where it was.
  const first = { ...shown.document, step: model.get("step"), trace: model.get("cell") };
  const stage = mount(parent, { document: first, texts, host, state: { status: statusNow() } });
  stage.root.lang = language; // the notebook around it may be in another one
  stage.root.addEventListener("focusin", keepKeys);

  /** Ids go on from the last that the kernel has done, whichever view of this widget sent it. */
  function countOn() {
    const kept = commands.keptState();
    if (page().done > kept.last) commands.restore({ ...kept, last: page().done });
  }

  function update() {
    const before = shown;
    shown = page();
    commands.settle(shown.done);
    if (shown.more && commands.count()) commands.send(); // more than one message may ask for
    countOn();
    const isOther = shown.number !== before.number || shown.session !== before.session;
    const changes = isOther ? { document: shown.document, isNew: shown.arrived > before.number } : {};
    stage.update({ ...changes, status: statusNow() });
  }
  model.on("change:page", update);
  return () => {
    model.off("change:page", update);
    commands.dispose();
    stage.dispose();
  };
}

/** JupyterLab takes keys before the page does (B would add a cell), except from a node that says this. */
function keepKeys({ target }) {
  target.dataset.lmSuppressShortcuts = "true";
}

/** JupyterLab says its theme; elsewhere it is the visitor's. */
function isDark() {
  const isLight = document.body.dataset.jpThemeLight;
  return isLight ? isLight === "false" : window.matchMedia("(prefers-color-scheme: dark)").matches;
}

/** plotly.js from the kernel, once a page. */
function loadPlotlyFrom(model) {
  if (window.Plotly) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const onMessage = (message, buffers) => {
      if (!message.plotly) return;
      model.off("msg:custom", onMessage);
      const script = document.createElement("script");
      script.onload = () => (window.Plotly ? resolve() : reject(new Error("plotly.js")));
      script.onerror = () => reject(new Error("plotly.js"));
      script.src = URL.createObjectURL(new Blob(buffers, { type: "text/javascript" }));
      document.head.append(script);
    };
    model.on("msg:custom", onMessage);
    model.send({ plotly: true });
  });
}
