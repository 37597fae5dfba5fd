import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommonRuns, fold, origins } from '../../../src/salesforce/result/common-runs.ts';
import { anyCharacter } from '../../support/any-character.ts';

/** What a search must mark, found by comparing everything with everything. */
function expectedMarks(text: string, others: readonly string[]): number[] {
  const marks = Array<number>(text.length).fill(0);
  for (let at = 0; at + 5 <= text.length; at++) {
    const window = text.slice(at, at + 5);
    if (others.some((other) => other.includes(window))) marks.fill(1, at, at + 5);
  }
  return marks;
}

const textOf = (alphabet: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), maxLength, size: 'max' });

describe('the runs of a text that others hold', () => {
  it.each(['ab', 'abcdefgh', 'aあ京é'])(
    'are found exactly, in texts with thousands of windows too: %s',
    (alphabet) => {
      const others = fc.array(textOf(alphabet, 200), { maxLength: 4 });
      fc.assert(
        fc.property(textOf(alphabet, 6_000), others, (text, some) => {
          const search = new CommonRuns(text);
          for (const other of some) search.add(other);
          expect([...search.marks]).toEqual(expectedMarks(text, some));
        }),
        { numRuns: 50 },
      );
    },
  );
});

describe('folding', () => {
  it('makes no character shorter', () => {
    const shorter: string[] = [];
    for (let point = 0; point <= 0x10ffff; point++) {
      const character = String.fromCodePoint(point);
      if (fold(character).length < character.length) shorter.push(character);
    }
    expect(shorter).toEqual([]);
  });

  it('does the same to a text as to each of its characters, and knows where they come from', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const folded = fold(text);
        expect([...text].map(fold).join('')).toBe(folded);
        expect(origins(text, folded)?.length ?? text.length).toBe(folded.length);
      }),
    );
  });

  it.each([
    ['Straße', 'STRASSE', [0, 1, 2, 3, 4, 4, 5]],
    ['😀ß', '😀SS', [0, 0, 2, 2]],
    ['abc', 'ABC', null],
  ])('of %s is %s', (text, folded, places) => {
    expect([fold(text), origins(text, folded)]).toEqual([folded, places]);
  });
});
