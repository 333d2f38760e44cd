// One state, and those who are told when it changes.

/** `set(patch)` makes a new state and tells every subscriber of it and of the one before. */
export function createStore(initial) {
  const subscribers = new Set();
  let state = Object.freeze({ ...initial }), isTelling = false;

  function set(patch) {
    state = Object.freeze({ ...state, ...patch });
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
