// One zoom and one middle for all pictures: drag, wheel with Ctrl, keys, buttons.

import { box, button, named } from "../../stage/dom.js";
import { clipped, readZoom, writtenZoom } from "./state.js";

const STEP = 1.5, MOVE = 0.1, WRITE_MS = 250;

export function createZoom({ words, value, change }, tiles) {
  let now = readZoom(""), timer = 0, drag = null;
  Object.assign(tiles, { tabIndex: 0 });
  tiles.setAttribute("role", "group");
  tiles.setAttribute("aria-label", words.zoom_help);
  tiles.title = words.zoom_help;

  function show() {
    tiles.style.setProperty("--zoom", now.zoom);
    tiles.style.setProperty("--x", `${-100 * (now.x * now.zoom - 0.5)}%`);
    tiles.style.setProperty("--y", `${-100 * (now.y * now.zoom - 0.5)}%`);
    tiles.dataset.zoom = writtenZoom(now);
  }
  function go(next) {
    now = readZoom(writtenZoom(clipped(next))); // as a reload will have it
    show();
    clearTimeout(timer);
    timer = setTimeout(() => change({ zoom: writtenZoom(now) }, { isQuiet: true }), WRITE_MS);
  }
  /** Zoom by a factor; the place (in shares of the window) stays where it is. */
  const zoomBy = (factor, x = 0.5, y = 0.5) => {
    const zoom = clipped({ ...now, zoom: now.zoom * factor }).zoom, kept = 1 / now.zoom - 1 / zoom;
    go({ zoom, x: now.x + (x - 0.5) * kept, y: now.y + (y - 0.5) * kept });
  };
  const moveBy = (x, y) => go({ ...now, x: now.x + x / now.zoom, y: now.y + y / now.zoom });
  const whole = () => go({ zoom: 1, x: 0.5, y: 0.5 });

  const keys = {
    "+": () => zoomBy(STEP), "=": () => zoomBy(STEP), "-": () => zoomBy(1 / STEP), 0: whole,
    ArrowLeft: () => moveBy(-MOVE, 0), ArrowRight: () => moveBy(MOVE, 0),
    ArrowUp: () => moveBy(0, -MOVE), ArrowDown: () => moveBy(0, MOVE),
  };
  tiles.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  };
  const place = (event) => {
    const frame = event.target.closest(".window")?.getBoundingClientRect();
    return frame && [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height, frame];
  };
  tiles.addEventListener("wheel", (event) => {
    const at = place(event);
    if (!at || !(event.ctrlKey || event.metaKey)) return; // else the page scrolls
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? STEP : 1 / STEP, at[0], at[1]);
  }, { passive: false });
  tiles.ondblclick = (event) => {
    const at = place(event);
    if (at) zoomBy(STEP * STEP, at[0], at[1]);
  };
  tiles.onpointerdown = (event) => {
    const at = place(event);
    if (!at || event.button) return;
    drag = { x: event.clientX, y: event.clientY, frame: at[2], from: now };
    if (now.zoom > 1) tiles.setPointerCapture(event.pointerId);
  };
  tiles.onpointermove = (event) => {
    if (!drag || now.zoom === 1) return;
    const { from, frame } = drag;
    const across = (event.clientX - drag.x) / frame.width, down = (event.clientY - drag.y) / frame.height;
    go({ zoom: now.zoom, x: from.x - across / now.zoom, y: from.y - down / now.zoom });
  };
  tiles.onpointerup = tiles.onpointercancel = () => { drag = null; };

  const tool = (text, label, act) => named(button("tool icon", act, text), label);
  const tools = box("zoom", tool("−", words.zoom_out, () => zoomBy(1 / STEP)),
    tool("+", words.zoom_in, () => zoomBy(STEP)), tool("⤢", words.zoom_all, whole));
  show();
  return {
    tools,
    fill() {
      if (timer) return;
      now = readZoom(value("zoom"));
      show();
    },
    dispose: () => clearTimeout(timer),
  };
}
