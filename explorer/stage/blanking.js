// The blank screen, while presenting: a slide program's keys. A pure module.

const BLANKS = [".", "b"];
const WAKES = [
  ...["PageDown", "PageUp", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
  ...["Home", "End", "Enter", "Escape", " "],
];

/**
 * Whether the screen is blank after a key: blanked and lit again by the same keys, and lit by any key of navigation,
 * which does nothing else then. Undefined where the key has another meaning; a blank screen leaves none to any.
 */
export function blankAfter({ isBlank, isPresenting }, { key, shiftKey }) {
  if (!isPresenting || (!isBlank && shiftKey)) return undefined;
  const isOwn = BLANKS.includes(key.toLowerCase());
  if (isBlank) return !isOwn && !WAKES.includes(key);
  return isOwn ? true : undefined;
}
