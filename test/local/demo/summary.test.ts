import { expect, test } from 'vitest';
import { sampleTopic } from '../../../local/demo/sample-topic.ts';
import { summarise } from '../../../local/demo/summary.ts';

const TOPIC = sampleTopic(1500);
const DELIVERED = { errants: 2, committed: 1500 };

function summary(names: readonly string[], delivered = DELIVERED) {
  const emulator = {
    records: () => names.map((LastName) => ({ Id: '003', LastName })),
    requests: () => [],
  };
  const { right, shown } = summarise(TOPIC, emulator, delivered);
  return { right, text: shown.map(({ text }) => text).join('\n') };
}

test('every usable record once, the others reported and all committed is right', () => {
  const { right, text } = summary(TOPIC.usable);

  expect(right).toBe(true);
  expect(text).toContain('✓ 1,498 of 1,498 usable records are there once: 0 missing, 0 repeated');
});

test.each([
  { what: 'a record missing', names: TOPIC.usable.slice(1), told: '✗ 1,497 of 1,498' },
  { what: 'a record twice', names: [...TOPIC.usable, 'Contact 0001'], told: '1 repeated' },
  { what: 'a record from nowhere', names: [...TOPIC.usable, 'Nobody'], told: '1 unexpected' },
  { what: 'an errant record without a report', delivered: { errants: 1 }, told: '✗ 1 of 2' },
  { what: 'an offset left behind', delivered: { committed: 1499 }, told: '✗ 1,499 of 1,500' },
])('$what is not right', ({ names = TOPIC.usable, delivered = {}, told }) => {
  const { right, text } = summary(names, { ...DELIVERED, ...delivered });

  expect(right).toBe(false);
  expect(text).toContain(told);
});
