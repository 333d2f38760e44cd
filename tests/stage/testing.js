// What the tests of the modules share. Each *.test.js is run on a page of its own by tests/browser/test_modules.py.

const LONGEST_MS = 5000;
const tests = [];

/** A test; its name stands in the source as one text in double quotes. */
export const test = (name, body) => tests.push({ name, body });

/** Both are the same, part by part: objects, arrays, maps, sets, and plain values. */
export function equal(actual, expected, about = "") {
  const found = difference(actual, expected, "");
  if (found) throw new Error(`${about && `${about}: `}${found}\nit is ${text(plain(actual))}\nnot ${text(plain(expected))}`);
}

export function throws(act) {
  try {
    act();
  } catch {
    return;
  }
  throw new Error("nothing was thrown");
}

/** The first difference as a text, or nothing. */
function difference(actual, expected, path) {
  const [one, other] = [plain(actual), plain(expected)];
  if (Object.is(one, other)) return "";
  const areParts = isObject(one) && isObject(other) && Array.isArray(one) === Array.isArray(other);
  if (!areParts) return `${path} is ${text(one)}, not ${text(other)}`;
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const found = difference(one[name], other[name], `${path}[${name}]`);
    if (found) return found;
  }
  return "";
}
const isObject = (value) => typeof value === "object" && value !== null;
const text = (value) => (value === undefined ? "undefined" : JSON.stringify(value));
function plain(value) {
  if (value instanceof Map) return Object.fromEntries(value);
  return value instanceof Set ? [...value] : value;
}

// ---- what comes from Python
const read = async (path) => (await fetch(path)).json();
const documents = await read("/documents.json"), used = new Set();
export const numberTexts = await read("/number_texts.json");
export const { texts, palettes, examples, lectures } = await read("/constants.json");
/** {en: texts, zh: texts, …} */
export const textsIn = await read("/texts.json");

/** The document of an address, a new one at each call. */
export function documentOf(address) {
  if (!(address in documents)) throw new Error(`${address} is not among the addresses of test_modules.py`);
  used.add(address);
  return structuredClone(documents[address]);
}

/** Timers that only `pass(ms)` moves. They stay until the page is gone: one file, one page. */
export function stoppedClock() {
  let now = 0, last = 0, waiting = [];
  window.setTimeout = (act, ms = 0) => {
    waiting.push({ id: ++last, at: now + ms, act });
    return last;
  };
  window.clearTimeout = (id) => { waiting = waiting.filter((one) => one.id !== id); };
  const next = (end) => waiting.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  return {
    pass(ms) {
      const end = now + ms;
      for (let timer = next(end); timer; timer = next(end)) {
        now = timer.at;
        window.clearTimeout(timer.id);
        timer.act();
      }
      now = end;
    },
    waiting: () => waiting.length,
  };
}

/** Runs all tests of a page in their order: [name, what went wrong or nothing] of each, and which documents they read. */
export async function run() {
  const { setTimeout: later } = window, results = [];
  for (const { name, body } of tests) {
    const tooLong = new Promise((_, fail) => later(() => fail(new Error(`not done after ${LONGEST_MS} ms`)), LONGEST_MS));
    const wrong = await Promise.race([(async () => body())(), tooLong]).then(() => "", (error) => String(error?.stack ?? error));
    results.push([name, wrong]);
  }
  return [results, [...used]];
}
