// What somebody has done in the course, and what to practise next. It stays in their browser. A pure module.

export const EMPTY = { version: 1, done: {}, asked: 0, missed: [] };

const SOON = 2; // questions until one that was missed comes again
const LATER = 4; // how many times longer until the time after that
const LONGEST = 40; // after a longer wait it is known
const MOST_MISSED = 100;
const LONGEST_FILE = 100_000; // characters

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value) => Number.isInteger(value) && value >= 0;
const isMissed = (one) => isObject(one) && typeof one.kind === "string" && typeof one.search === "string"
  && isCount(one.due) && isCount(one.gap);

/** The progress that a text holds, or null where it holds none. */
export function readProgress(text) {
  if (typeof text !== "string" || text.length > LONGEST_FILE) return null;
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  const isWhole = isObject(found) && found.version === EMPTY.version && isObject(found.done)
    && isCount(found.asked) && Array.isArray(found.missed) && found.missed.every(isMissed);
  return isWhole ? { ...EMPTY, ...found, missed: found.missed.slice(0, MOST_MISSED) } : null;
}

const partKey = (lesson, part) => `${lesson}/${part}`;

/** A part was read, or its question answered: then it is done. */
export const withPart = (progress, lesson, part) =>
  ({ ...progress, done: { ...progress.done, [partKey(lesson, part)]: 1 } });

export const isPartDone = ({ done }, lesson, part) => Boolean(done[partKey(lesson, part)]);
export const isLessonDone = (progress, { name, parts }) =>
  parts.every((_, at) => isPartDone(progress, name, at + 1));

/** A question was answered for the first time: a missed one comes again soon, and each time it is right, later. */
export function withAnswer(progress, { kind, search, isRight }) {
  const asked = progress.asked + 1;
  const isSame = (one) => one.kind === kind && one.search === search;
  const before = progress.missed.find(isSame), others = progress.missed.filter((one) => !isSame(one));
  const gap = isRight ? (before?.gap ?? LONGEST) * LATER : SOON;
  const isKept = isRight ? before !== undefined && gap <= LONGEST : true;
  const missed = isKept ? [...others, { kind, search, gap, due: asked + gap }].slice(-MOST_MISSED) : others;
  return { ...progress, asked, missed };
}

/**
 * What to practise next: what was missed and is due, the longest due first; else one of the course's questions.
 * `last` is the number of the question before.
 */
export function nextQuestion(progress, contents, last = 0, random = Math.random) {
  const due = progress.missed.filter((one) => one.due <= progress.asked).sort((one, other) => one.due - other.due)[0];
  const { kind, search } = due ?? anyQuestion(progress, contents, random);
  return { kind, search, number: Math.max(progress.asked, last) + 1 };
}

/** One of the questions of the parts that are done, or of the first lesson where none is. */
function anyQuestion(progress, contents, random) {
  const all = contents.flatMap(({ name, parts }) => parts.flatMap(({ page, kinds }, at) =>
    kinds.map((kind) => ({ kind, search: page, isDone: isPartDone(progress, name, at + 1), name }))));
  const done = all.filter((one) => one.isDone), first = all.filter((one) => one.name === all[0].name);
  const offered = done.length ? done : first;
  return offered[Math.floor(random() * offered.length)];
}
