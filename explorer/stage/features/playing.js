// Plays the steps, one after another. To play frees what is pinned, and to pin a cell pauses.

const STEP_MS = 900;

/** `toggle` starts or pauses; the state's `isPlaying` does the same from elsewhere. */
export function createPlaying(store) {
  let timer = 0;

  function tick() {
    timer = setTimeout(() => {
      const { step, document } = store.state;
      const next = step + 1;
      store.set({ step: next, isPlaying: next < document.steps });
    }, STEP_MS / store.state.speed);
  }
  const isDone = ({ step, document }) => step === null || step === document.steps;

  store.subscribe((state, before) => {
    const isStarted = state.isPlaying && !before?.isPlaying;
    if (isStarted && isDone(state)) store.set({ step: 0 });
    if (state.isPlaying && state.pin) store.set(isStarted ? { pin: "", hover: "" } : { isPlaying: false });
    const isSame = before !== null && state.isPlaying === before.isPlaying && state.step === before.step;
    if (isSame) return;
    clearTimeout(timer);
    if (state.isPlaying) tick();
  });
  return {
    toggle: () => store.set({ isPlaying: !store.state.isPlaying }),
    stop: () => clearTimeout(timer),
  };
}
