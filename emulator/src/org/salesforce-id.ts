/**
 * Record and job ids as Salesforce writes them.
 * Source: "Salesforce record ID" articles (15 case-sensitive characters, and three more that
 * spell out which of the 15 are upper case, so that the 18 survive a case-insensitive system).
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

/** The 18-character form of what a client sent, or null when that is no id. */
export function parseId(text: string): string | null {
  if (!ID.test(text)) return null;
  const full = withSuffix(text.slice(0, 15));
  return text.length === 15 || text === full ? full : null;
}

/**
 * Ids counting up from `start`, a whole number that an org must not use twice: two runs of the
 * emulator must not hand out one job id twice, or a client that remembers job ids would meet a
 * stranger's job.
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
