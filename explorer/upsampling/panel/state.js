// The page's state: what its address says, as names and texts. Pure; it knows no page.

/** What a control shows: what was changed last, else what the server read of the address. */
export const valueOf = (query, name, read) => query[name] ?? read[name];

/**
 * The state after changes. Whoever gives the bare page numbers of its own, or takes them away, keeps the stride that
 * was meant: without numbers an address means another one.
 */
export function changed(query, changes, read) {
  const kept = ("k" in changes || "kernel" in changes) && !("stride" in query) ? { stride: read.stride } : {};
  return { ...kept, ...query, ...changes };
}

/** Zoom and middle of the pictures, of an address as "4,0.5,0.25"; middle in shares of width and height. */
export function readZoom(text) {
  const [zoom, x, y] = (text ?? "").split(",").map(Number);
  return [zoom, x, y].every(Number.isFinite) ? clipped({ zoom, x, y }) : { zoom: 1, x: 0.5, y: 0.5 };
}

export const LARGEST_ZOOM = 16;

/** The zoom within its bounds, and a middle that leaves no empty edge. */
export function clipped({ zoom, x, y }) {
  const found = Math.min(Math.max(zoom, 1), LARGEST_ZOOM), half = 0.5 / found;
  const inside = (place) => Math.min(Math.max(place, half), 1 - half);
  return { zoom: found, x: inside(x), y: inside(y) };
}

/** The address's text of a zoom; empty for the whole picture. */
export function writtenZoom({ zoom, x, y }) {
  const short = (number) => String(Math.round(number * 1000) / 1000);
  return zoom === 1 ? "" : [zoom, x, y].map(short).join(",");
}

/** The losses so far: what a chunk brings replaces all from its first step on. */
export const joined = (losses, first, more) => [...losses.slice(0, first), ...more];

/** Places (0 to 1) of losses in a chart, logarithmic; `of` is the number of steps. */
export function curve(losses, of) {
  const logs = losses.filter((loss) => loss > 0).map(Math.log10);
  if (!logs.length) return { points: [], low: 0, high: 0 };
  const low = Math.floor(Math.min(...logs)), high = Math.max(Math.ceil(Math.max(...logs)), low + 1);
  const down = (loss) => 1 - (Math.log10(loss) - low) / (high - low);
  const points = losses.flatMap((loss, at) => (loss > 0 ? [[at / of, down(loss)]] : []));
  return { points, low, high };
}
