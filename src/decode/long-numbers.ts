/** A number of 16 digits or more, or with a large exponent, which a double may not hold. */
const longNumber = /\d[\d.]{15,}|\d[eE][+-]?\d{3}/g;

const [zero, nine, point, plus, minus, smallE, largeE] = [48, 57, 46, 43, 45, 101, 69];

const isDigit = (code: number): boolean => code >= zero && code <= nine;

const isOfNumber = (code: number): boolean => isDigit(code) || code === point;

/** Whether an exponent's letter, perhaps with a sign, ends before `index`. */
function followsExponent(text: string, index: number): boolean {
  const sign = text.charCodeAt(index - 1);
  const letter = sign === plus || sign === minus ? text.charCodeAt(index - 2) : sign;
  return letter === smallE || letter === largeE;
}

/** The start of the digits and points around `index`. */
function startOf(text: string, index: number): number {
  let start = index;
  while (start > 0 && isOfNumber(text.charCodeAt(start - 1))) start--;
  return start;
}

/** The end of the digits and points around `index`. */
function endOf(text: string, index: number): number {
  let end = index + 1;
  while (end < text.length && isOfNumber(text.charCodeAt(end))) end++;
  return end;
}

/**
 * Whether a text may have such a number. Looks at every third character, since three digits in a row
 * have one there, and only around a digit at more: the expression alone takes longer than to parse.
 */
function mayHaveLong(text: string): boolean {
  for (let index = 2; index < text.length; index += 3) {
    if (!isDigit(text.charCodeAt(index))) continue;
    const start = startOf(text, index);
    const end = endOf(text, index);
    const isExponent = end - start >= 3 && followsExponent(text, start);
    if (end - start >= 16 || isExponent) return true;
    index = end;
  }
  return false;
}

/** All texts in a JSON text that are numbers which a double may not hold; null: there are none. */
export const longNumbersIn = (text: string): readonly string[] | null =>
  mayHaveLong(text) ? text.match(longNumber) : null;
