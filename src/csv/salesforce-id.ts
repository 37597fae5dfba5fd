/** What the last three characters of a long id are written with; each says which of five letters are capitals. */
const suffixDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

const longId = /^[a-zA-Z0-9]{15}[a-zA-Z0-5]{3}$/;

/**
 * Gives an id its 15 characters, in which capitals count. The last three of a long id hold the
 * capitals of the others, so that a long id is the same whatever capitals it comes in; what is no
 * long id stays as it is. Source: Salesforce help, "15 and 18 character record IDs".
 */
export function shortId(text: string): string {
  if (!longId.test(text)) return text;
  const capitals = [...text.slice(15).toUpperCase()].map((digit) => suffixDigits.indexOf(digit));
  return [...text.slice(0, 15)]
    .map((character, place) => {
      const isCapital = ((capitals[Math.floor(place / 5)] ?? 0) >> (place % 5)) & 1;
      return isCapital ? character.toUpperCase() : character.toLowerCase();
    })
    .join('');
}
