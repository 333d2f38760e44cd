// Loads a script or a style sheet from the server that serves the page, once a page.

import { element } from "../dom.js";

/** A promise of a node that is already on the page, or of one that is put there. */
export function loadOnce(node, property, address) {
  const url = new URL(address, document.baseURI).href;
  const there = [...document.head.querySelectorAll(node.tagName)].find((other) => other[property] === url);
  if (there) return there.loading ?? Promise.resolve();
  node.loading = new Promise((resolve, reject) => {
    node.onload = () => resolve();
    node.onerror = () => {
      node.remove();
      reject(new Error(address));
    };
  });
  node[property] = url;
  document.head.append(node);
  return node.loading;
}

/** plotly.js, once a page; rejected too where something else came: the page of a proxy, or half of the file. */
export async function loadPlotly(address) {
  if (window.Plotly) return;
  await loadOnce(element("script"), "src", address);
  if (!window.Plotly) throw new Error(address);
}
