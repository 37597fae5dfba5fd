import fc from 'fast-check';

/** Surrogates, which are no characters of their own, lie from 0xd800 to 0xdfff. */
const surrogates = { first: 0xd800, count: 0x800 };

const characterAt = (index: number) =>
  String.fromCodePoint(index < surrogates.first ? index : index + surrogates.count);

/** Throws RangeError for what is no single character: fast-check then knows that it cannot be drawn. */
function indexOf(character: unknown): number {
  const code = String(character).codePointAt(0) ?? 0;
  const index = code < surrogates.first ? code : code - surrogates.count;
  if (characterAt(index) !== character) throw new RangeError('not one character');
  return index;
}

/**
 * Any character of Unicode, each as likely: the unit `binary` of fast-check, whose table of them takes
 * a second and 140 MB in each worker.
 */
export const anyCharacter = fc.nat(0x10ffff - surrogates.count).map(characterAt, indexOf);
