// The page of one file: it unpacks its documents, starts its stage, and unpacks plotly.js when the stage wants it.

import { startOffline } from "./offline.js";

/** Start the stage of a page that explorer/export/page.html made. */
export async function startPage(document, constants) {
  if (typeof DecompressionStream === "undefined") {
    document.getElementById("too-old").hidden = false;
    return;
  }
  const data = JSON.parse(await unpacked(document.getElementById("data").textContent));
  const plotly = document.getElementById("plotly").textContent.trim();
  const loadPlotly = plotly ? async () => run(document, await unpacked(plotly)) : undefined;
  startOffline(document.getElementById("stage"), { ...data, constants, loadPlotly });
}

/** The text that was gzipped and written in base64. */
export function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

/** Run a script's text as a script of the page: its policy allows that, and not eval. */
function run(document, text) {
  const script = document.createElement("script");
  script.textContent = text;
  document.head.append(script);
  script.remove();
}
