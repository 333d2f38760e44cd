// What a page says of its stage, besides the document: which tools it offers, which parts stand, what is asked.

const ALWAYS = ["edit", "channel", "move"]; // whoever looks may play
const PARTS = ["bar", "player", "sentence"];
const LAYOUT = { below: 0, parts: null, isCompact: false, link: "" };
const QUESTION = { asking: false, picking: null, marked: null };

/** Whether a page offers a tool, by its name; `tools` null: all of them. A stage beside another one only shows. */
export const offerOf = ({ tools = null, isBeside = false }) => (name) =>
  !isBeside && (tools === null || ALWAYS.includes(name) || tools.includes(name));

/** The parts that stand: those that the page names, else those of its kind. */
function partsOf({ tools = null, parts = null, isCompact = false }) {
  if (parts !== null) return parts;
  if (isCompact) return [];
  return tools === null ? null : PARTS;
}

/**
 * What a stage is told of a page: what is another than `before`, the page's data before (null: nothing was); on a page
 * of its own (`isNew`) all of a question. Which cells are chosen is the browser's to say, until something else of the
 * picking changes: a page that repeats what it has heard may be late.
 */
export function changesOf(data, before, { isOther = false, isNew = false } = {}) {
  const isFirst = before === null, changes = {};
  const take = (name, value, last) => { if (!isSame(value, last)) changes[name] = value; };
  for (const [name, usual] of Object.entries(LAYOUT)) {
    const valueOf = (one) => (name === "parts" ? partsOf(one) : one[name] ?? usual);
    take(name, valueOf(data), isFirst ? usual : valueOf(before));
  }
  for (const [name, usual] of Object.entries(QUESTION)) {
    const isUnknown = isFirst || isNew, value = data[name] ?? usual, last = isUnknown ? usual : before[name] ?? usual;
    if (!isSame(told(name, value), told(name, last))) changes[name] = value;
  }
  const isMasked = data.mask !== undefined && data.mask !== null;
  if (isMasked && (isFirst || isOther || !isSame(data.mask, before.mask))) changes.mask = data.mask;
  if (!isMasked && before?.mask && !isOther) changes.mask = data.document.mask;
  return changes;
}

/** What of a page's word counts as news. */
const told = (name, value) => (name === "picking" && value ? { ...value, chosen: null } : value);
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
