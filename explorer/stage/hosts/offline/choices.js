// Which values sliders can have together. A slider is limited by those before it, and moves those behind it.

/** The values that the slider `at` can have, given those of the sliders before it, smallest first. */
export function offered(combinations, values, at) {
  const possible = combinations.filter((one) => agree(one, values, at)).map((one) => one[at]);
  return [...new Set(possible)].sort((one, other) => one - other);
}

/** The combination after the slider `at` moved to a value: those behind stay, or go to the nearest possible value. */
export function moved(combinations, values, at, value) {
  const found = [...values.slice(0, at), value];
  for (let behind = at + 1; behind < values.length; behind += 1) {
    found.push(nearest(offered(combinations, found, behind), values[behind]));
  }
  return found;
}

/**
 * The possible value that a slider's handle at a number means: itself, or the next one in the direction in which it
 * moved from `from`.
 */
export function meant(possible, number, from) {
  if (possible.includes(number)) return number;
  const beyond = possible.filter((one) => (number > from ? one > number : one < number));
  return beyond.length ? nearest(beyond, number) : from;
}

const agree = (one, values, at) => one.slice(0, at).every((value, index) => value === values[index]);
const nearest = (possible, wanted) =>
  possible.reduce((best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best));
