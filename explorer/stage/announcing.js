// What is on screen, said in attributes: for tests and for assistive tools.

import { tracedName } from "./state.js";

const PATIENCE = 4000; // ms without plotly.js before the page says so

/** Says what is on screen in the root's data- attributes, once it is: after the frame in which it was painted. */
export function createAnnouncement({ root, store, host, picture, signal }) {
  let frame = 0, late = 0, plotly = null, said = "";
  signal.addEventListener("abort", () => {
    cancelAnimationFrame(frame);
    clearTimeout(late);
  });

  function announce() {
    if (signal.aborted) return;
    const { document, step } = store.state;
    const traced = tracedName(store.state);
    Object.assign(root.dataset, { step: step ?? "all", trace: traced, window: document.sizes.window.join() });
    const now = [picture.version(), step, traced].join("|");
    if (now !== said) root.dataset.drawn = Number(root.dataset.drawn) + 1;
    said = now;
    // plotly.js takes the browser half a second to read: only once the numbers are on screen.
    plotly ??= load();
  }
  /** Ask for plotly.js: it may be there, fail, or be late; what is late may still come. */
  function load() {
    const told = (canPaint) => {
      clearTimeout(late);
      if (!signal.aborted) store.set({ canPaint, awaitsPlotly: false });
    };
    late = setTimeout(() => store.set({ canPaint: false, awaitsPlotly: true }), PATIENCE);
    return host.loadPlotly().then(() => told(true), () => told(false));
  }
  return () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = announce;
      channel.port2.postMessage(0);
    });
  };
}
