/**
 * Record and job ids: 15 case-sensitive characters, and three more that encode which of them are
 * upper case, for case-insensitive systems ("Salesforce record ID" articles).
 */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUFFIX_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const ID = /^[0-9A-Za-z]{15}([0-9A-Z]{3})?$/;

/** Makes the next id of an org for a three-character key prefix such as `003`. */
export type IdSource = (keyPrefix: string) => string;

/** The 18-character form of a 15-character id. */
export function withSuffix(id15: string): string {
  let suffix = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let at = 0; at < 5; at += 1) {
      const character = id15.charAt(start + at);
      if (character >= 'A' && character <= 'Z') bits += 2 ** at;
    }
    suffix += SUFFIX_DIGITS.charAt(bits);
  }
  return id15 + suffix;
}

/** The 18-character form of an id, or null when the text is not one. */
export function parseId(text: string): string | null {
  if (!ID.test(text)) return null;
  const full = withSuffix(text.slice(0, 15));
  return text.length === 15 || text === full ? full : null;
}

/**
 * Consecutive ids from `start`, an integer that no other run may use: with a repeated job id, a
 * client that stores job ids would read the job of another run.
 */
export function countIds(start: number): IdSource {
  let next = BigInt(start);
  return (keyPrefix) => {
    const id15 = `${keyPrefix}Em0${base62(next).padStart(9, '0').slice(-9)}`;
    next += 1n;
    return withSuffix(id15);
  };
}

function base62(number: bigint): string {
  let rest = number;
  let text = '';
  while (rest > 0n) {
    text = DIGITS.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}
