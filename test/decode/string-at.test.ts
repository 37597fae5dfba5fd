import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringAt, textAt } from '../../src/decode/text.ts';
import { anyCharacter } from '../support/any-character.ts';

/** A binary value: texts between bytes that are none, and where each text is. */
const values = fc
  .record({
    texts: fc.array(fc.string({ unit: anyCharacter, maxLength: 30 }), {
      minLength: 1,
      maxLength: 8,
    }),
    between: fc.uint8Array({ minLength: 1, maxLength: 4 }),
    padding: fc.constantFrom(0, 0, 400, 512, 1_000),
  })
  .map(({ texts, between, padding }) => {
    const places: (readonly [start: number, end: number])[] = [];
    let bytes = Buffer.alloc(padding, 0xff);
    for (const text of texts) {
      const before = Buffer.concat([bytes, between]);
      bytes = Buffer.concat([before, Buffer.from(text)]);
      places.push([before.length, bytes.length]);
    }
    return { bytes, places, texts };
  });

it('reads each string of binary values, in turns, as it was written', () => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), (given) => {
      const reads = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((index) =>
        given.flatMap(({ bytes, places, texts }) => {
          const place = places[index];
          return place === undefined ? [] : [[bytes, place, texts[index]] as const];
        }),
      );
      for (const [bytes, [start, end], text] of reads) {
        expect(stringAt(bytes, start, end)).toBe(Buffer.from(text ?? '').toString());
        expect(stringAt(bytes, start, end)).toBe(textAt(bytes, start, end));
      }
    }),
    { numRuns: 2_000 },
  );
});

it.each([511, 512, 513])('reads a string at the end of a value of %i bytes', (length) => {
  const bytes = Buffer.concat([Buffer.alloc(length - 5, 0xc3), Buffer.from('né w')]);
  expect(stringAt(bytes, length - 5, length)).toBe('né w');
  expect(stringAt(bytes, length - 2, length)).toBe(' w');
});

it('refuses bytes that are not UTF-8', () => {
  const bytes = Buffer.from([0x61, 0xc3, 0x28, 0x62]);
  expect(() => stringAt(bytes, 0, 4)).toThrow(expect.objectContaining({ code: 'TEXT_NOT_UTF8' }));
});
