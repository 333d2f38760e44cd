// The high-contrast colours: whoever asks the system for more contrast has them, and so has who chose them here, for
// as long as the browser's session lasts.

const KEPT_AS = "tconv-contrast";
const MARK = "data-tconv-contrast"; // on the page itself, for what stands around a stage

/** `palette()`: the stage's colours now; `turn()`: the others; `isPossible`: whether the host has any others. */
export function createContrast({ root, host, signal }) {
  const { ownerDocument } = root;
  const wish = ownerDocument.defaultView.matchMedia("screen and (prefers-contrast: more)");
  const isPossible = host.contrast !== undefined;
  const isOn = () => isPossible && (kept() ?? wish.matches);

  function palette() {
    ownerDocument.documentElement.toggleAttribute(MARK, isOn());
    return isOn() ? host.contrast : host.palette(root);
  }
  return {
    isPossible,
    palette,
    /** Draw again when the system's wish changes. */
    follow: (draw) => wish.addEventListener("change", draw, { signal }),
    turn: () => keep(!isOn()),
  };
}

let chosen = null; // where the browser may keep nothing

/** What was chosen in this session; null: nothing. */
function kept() {
  try {
    const text = sessionStorage.getItem(KEPT_AS);
    return text === null ? chosen : text === "1";
  } catch {
    return chosen;
  }
}

function keep(isOn) {
  chosen = isOn;
  try {
    sessionStorage.setItem(KEPT_AS, isOn ? "1" : "0");
  } catch {
    // it is remembered until the page goes
  }
}
