const id = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

/** Tells whether a text has the form of a Salesforce id: 15 or 18 letters and digits. */
export const isSalesforceId = (text: string): boolean => id.test(text);

/** Tells whether two ids that Salesforce wrote are one: either may have 15 characters or 18. */
export const isSameId = (one: string, other: string): boolean =>
  one.slice(0, 15) === other.slice(0, 15);

/** The digits of a long id's suffix; each encodes which of five characters are upper case. */
const suffixDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

const longId = /^[a-zA-Z0-9]{15}[a-zA-Z0-5]{3}$/;

/**
 * Shortens an 18-character id, in any case, to its case-sensitive 15 characters. The last three
 * characters encode the case of the others. Other text is unchanged. Source: Salesforce help, "15
 * and 18 character record IDs".
 */
export function shortId(text: string): string {
  if (!longId.test(text)) return text;
  const caseBits = [...text.slice(15).toUpperCase()].map((digit) => suffixDigits.indexOf(digit));
  return [...text.slice(0, 15)]
    .map((character, place) => {
      const isUpperCase = ((caseBits[Math.floor(place / 5)] ?? 0) >> (place % 5)) & 1;
      return isUpperCase ? character.toUpperCase() : character.toLowerCase();
    })
    .join('');
}
