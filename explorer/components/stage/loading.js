// What the stage needs from the server and from the theme before it can draw.

const loadings = new Map();
/** Load a script or a style sheet once a page, from the server that serves the page. */
function load(node, name, address) {
  if (!loadings.has(address))
    loadings.set(address, new Promise((resolve, reject) => {
      node.onload = () => resolve();
      node.onerror = () => { loadings.delete(address); node.remove(); reject(new Error(address)); };
      node[name] = new URL(address, document.baseURI);
      document.head.append(node);
    }));
  return loadings.get(address);
}
const loadPlotly = () => (window.Plotly ? Promise.resolve() : load(element("script"), "src", PLOTLY_ADDRESS));
const loadStyle = () => load(Object.assign(element("link"), { rel: "stylesheet" }), "href", STYLE_ADDRESS);

function isDark(root) {
  const colour = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  const parts = colour.startsWith("#") ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) : colour.match(/\d+/g)?.map(Number);
  return parts ? parts[0] + parts[1] + parts[2] < 382 : false;
}
