import { expect, it } from 'vitest';
import { coordinatesText, offsetRanges, rangeText } from '../../src/kafka/coordinates.ts';

it('formats coordinates as topic-partition@offset', () => {
  expect(coordinatesText({ topic: 'contacts', partition: 3, offset: 1042 })).toBe(
    'contacts-3@1042',
  );
});

it('returns one range for each partition, whatever the order of the records', () => {
  const records = [
    { topic: 'a', partition: 1, offset: 9 },
    { topic: 'a', partition: 1, offset: 4 },
    { topic: 'a', partition: 2, offset: 7 },
    { topic: 'a-1', partition: 1, offset: 5 },
  ];
  expect(offsetRanges(records).map(rangeText)).toEqual(['a-1@4..9', 'a-2@7', 'a-1-1@5']);
});
