// What a stage asks its server for. Each command has an id, and goes along until the server has answered it.

const MOST_KEPT = 100;
const LONGEST_KEPT = 100_000; // characters of what is typed meanwhile: one message can hold them twice
const LONGEST_TEXT = 20000; // characters of a pasted block, as explorer/reading/numbers.py has it
const LATE_MS = 300; // a shorter wait is not worth a word

const lengthOf = (commands) => commands.reduce((sum, { arguments: args }) => sum + (args.text?.length ?? 0), 0);

/**
 * `transmit(commands)` sends all that have no answer; `documentName()` says on which document a command is made;
 * `onChange()` is called when it changes what waits, or that something waits long.
 */
export function createCommands({ transmit, documentName, onChange }) {
  let waiting = [], last = 0, isLate = false, timer = 0, pending = [];

  const made = (name, args) => ({ id: ++last, name, arguments: args, document: documentName() });
  function change(next) {
    waiting = next;
    pending = waiting.filter(({ name }) => name === "edit").map(({ arguments: args }) => args);
    if (!waiting.length) isLate = false;
  }

  return {
    /** Returns the command's id. */
    add(name, args = {}) {
      const text = args.text?.slice(0, LONGEST_TEXT);
      const isAgain = name === "go" && waiting.at(-1)?.name === "go"; // only where it was pressed last counts
      const before = isAgain ? waiting.slice(0, -1) : waiting;
      change([...before, made(name, text === undefined ? args : { ...args, text })]);
      clearTimeout(timer);
      timer = setTimeout(() => {
        isLate = waiting.length > 0;
        onChange();
      }, LATE_MS);
      return last;
    },
    send: () => transmit(waiting),
    /** Tell a server that may know nothing of this page what it is, and what waits. */
    resume(page) {
      const kept = waiting.filter(({ name }) => name !== "resume");
      change([...kept, made("resume", { ...page, pending: kept })]);
      transmit(waiting);
    },
    /** Drop what has been answered; says whether anything was. */
    settle(done) {
      const before = waiting.length;
      change(waiting.filter(({ id }) => id > done));
      return waiting.length < before;
    },
    count: () => waiting.length,
    waitsFor: (wanted) => waiting.some(({ name }) => name === wanted),
    /** What is typed, and where Back went, is kept while the server is away; all else needs its answer at once. */
    isKept: (name) =>
      name === "go" || (name === "edit" && waiting.length < MOST_KEPT && lengthOf(waiting) < LONGEST_KEPT),
    /** The edits without an answer: {grid, at, text}. The same array until it changes. */
    pending: () => pending,
    isLate: () => isLate,
    keptState: () => ({ waiting, last }),
    restore(kept) {
      last = kept.last;
      change(kept.waiting);
    },
    dispose: () => clearTimeout(timer),
  };
}
