// The dialogs of the page by the keyboard: what scrolls in one is reached by Tab, and no key misses an open one.

const OVERLAY = "[data-testid=stDialog]";
const DIALOG = "[role=dialog]";
const SCROLLED = "[data-testid=stCode] pre";

/** Watches the dialogs, which the page puts at the end of the body; returns what ends that. */
export function watchDialogs({ body }) {
  const inside = new MutationObserver(tend), outside = new MutationObserver(watch);
  let waiting = null; // the disabled button in whose place a dialog has the focus
  const overlays = () => body.querySelectorAll(`:scope > ${OVERLAY}`);

  function tend() {
    for (const overlay of overlays()) {
      for (const node of overlay.querySelectorAll(SCROLLED)) node.tabIndex = 0; // so that the arrow keys scroll it
      keepFocus(overlay.querySelector(DIALOG));
    }
  }
  /**
   * The browser takes the focus from a button that is disabled while its file is made, and from one that is removed.
   * No key would reach the dialog then, Escape neither: the dialog has the focus until the button can.
   */
  function keepFocus(dialog) {
    const { activeElement } = body.ownerDocument, isDisabled = Boolean(activeElement?.disabled);
    if (isDisabled || activeElement === body) {
      waiting = isDisabled ? activeElement : null;
      dialog?.focus({ preventScroll: true });
    } else if (activeElement === dialog && waiting?.disabled === false) {
      waiting.focus({ preventScroll: true });
      waiting = null;
    }
  }
  function watch() {
    inside.disconnect();
    for (const overlay of overlays()) {
      inside.observe(overlay, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
    }
    tend();
  }
  outside.observe(body, { childList: true });
  watch();
  return () => [inside, outside].forEach((observer) => observer.disconnect());
}
