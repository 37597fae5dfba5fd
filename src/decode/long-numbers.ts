/** The digits and points of a number that a double may not hold, at least. */
const longRun = 16;

/** A number of so many digits and points, or with a large exponent. */
const longNumber = /\d[\d.]{15,}|\d[eE][+-]?\d{3}/g;

const largeExponent = /\d[eE][+-]?\d{3}/;

const [zero, nine, point] = [48, 57, 46];

/** Whether a character may be in such a run. */
function isOfRun(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return (code >= zero && code <= nine) || code === point;
}

/** Whether the run around `index` is long. */
function isInLongRun(text: string, index: number): boolean {
  let [start, end] = [index, index + 1];
  while (start > 0 && isOfRun(text, start - 1)) start--;
  while (end < text.length && isOfRun(text, end)) end++;
  return end - start >= longRun;
}

/** Looks at every sixteenth character, since a long run has one there, and only in a run at more. */
function hasLongRun(text: string): boolean {
  for (let index = longRun - 1; index < text.length; index += longRun) {
    if (isOfRun(text, index) && isInLongRun(text, index)) return true;
  }
  return false;
}

/**
 * All texts in a JSON text that are numbers which a double may not hold; null: there are none. Few texts
 * have any: the whole expression alone would take as long as half of `JSON.parse`, the two tests before
 * it a quarter of that.
 */
export const longNumbersIn = (text: string): readonly string[] | null =>
  hasLongRun(text) || largeExponent.test(text) ? text.match(longNumber) : null;
