// What scrolls in a dialog of the page can be reached by Tab, so that the arrow keys scroll it.

const DIALOG = "[data-testid=stDialog]";
const SCROLLED = `${DIALOG} [data-testid=stCode] pre`;

/** Watches the dialogs, which the page puts at the end of the body; returns what ends that. */
export function watchDialogs({ body }) {
  const inside = new MutationObserver(reach), outside = new MutationObserver(watch);

  function reach() {
    for (const node of body.querySelectorAll(SCROLLED)) node.tabIndex = 0;
  }
  function watch() {
    inside.disconnect();
    for (const dialog of body.querySelectorAll(`:scope > ${DIALOG}`)) {
      inside.observe(dialog, { childList: true, subtree: true });
    }
    reach();
  }
  outside.observe(body, { childList: true });
  watch();
  return () => [inside, outside].forEach((observer) => observer.disconnect());
}
