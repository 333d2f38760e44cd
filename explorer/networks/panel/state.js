// The page's state: what its address says, as names and texts. Pure; it knows no page.

/** The parameters of ours in an address. */
export function queryOf(search, names) {
  return Object.fromEntries([...new URLSearchParams(search)].filter(([name]) => names.includes(name)));
}

const readable = (text) => encodeURIComponent(text).replace(/%(2C|3A|3B|3D|2F|40)/g, decodeURIComponent)
  .replaceAll("%20", "+");

/** The address of a state; what belongs to others in the address before it stays, behind. */
export function searchOf(query, before, names) {
  const foreign = [...new URLSearchParams(before)].filter(([name]) => !names.includes(name));
  const parts = [...Object.entries(query), ...foreign].map(([name, value]) => `${readable(name)}=${readable(value)}`);
  return parts.length ? `?${parts.join("&")}` : "";
}

/**
 * What a parameter says, also where the address is silent: `own` is what the bare page has, and `plain` has what
 * differs from it on a page with a text of its own.
 */
export function valueOf(query, name, { own, plain }) {
  const silent = "layer" in query ? { ...own, ...plain } : own;
  return query[name] ?? silent[name];
}

/** The state after changes; a page that gets a text of its own keeps the sizes that stood beside the old one. */
export function changed(query, changes, defaults) {
  const kept = "layer" in changes && !("layer" in query)
    ? Object.fromEntries(["input", "target"].map((name) => [name, valueOf(query, name, defaults)])) : {};
  return { ...kept, ...query, ...changes };
}

/** A section folded or unfolded, in the list of those that are open. */
export function folded(open, name, isOpen) {
  const others = open.split("-").filter((one) => one && one !== "none" && one !== name);
  return [...others, ...(isOpen ? [name] : [])].join("-") || "none";
}

/** The line, from 1, that a place in a text is in. */
export const lineAt = (text, place) => text.slice(0, place).split("\n").length;

/** Where a line begins and ends in a text. */
export function rangeOfLine(text, line) {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [start, start + (lines[line - 1]?.length ?? 0)];
}
