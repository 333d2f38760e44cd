// Numbers as cells show them: the same rule as number_text in explorer/decimals.py, held by tests/number_texts.json.

const MINUS = "−";

/** Whole from 9999.5 to 10⁷ and where it is whole, else four significant digits; null is an empty cell. */
export function numberText(value) {
  if (value === null || value === undefined) return "";
  const text = digitsOf(value);
  return text.startsWith("-") ? `${MINUS}${text.slice(1)}` : text;
}

function digitsOf(value) {
  const size = Math.abs(value);
  if (size < 1e7 && (Number.isInteger(value) || size >= 9999.5)) return value.toFixed(0);
  const [digits, power] = (size < 1e-4 ? value.toExponential(3) : value.toPrecision(4)).split("e");
  return String(Number(digits)) + (power ? `e${power}` : ""); // without trailing zeros
}
