// One state, and those who are told when it changes.

/**
 * `set(patch)` makes a new state and tells every subscriber of it and of the one before. `settled(state, before)` may
 * change what cannot be in a new state; `before` is null for the first.
 */
export function createStore(initial, settled = (state) => state) {
  const subscribers = new Set();
  let state = Object.freeze(settled({ ...initial }, null)), isTelling = false;

  function set(patch) {
    state = Object.freeze(settled({ ...state, ...patch }, state));
    if (!isTelling) tell();
  }

  /** A subscriber may change the state; then everyone is told again, once all have been told of this one. */
  let told = null;
  function tell() {
    isTelling = true;
    try {
      while (told !== state) {
        const before = told;
        told = state;
        for (const subscriber of subscribers) subscriber(told, before);
      }
    } finally {
      isTelling = false;
    }
  }

  return {
    get state() { return state; },
    set,
    /** `before` is null when a subscriber is told for the first time. */
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    start: tell,
  };
}
