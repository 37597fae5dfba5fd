import { expect, test } from 'vitest';
import { sampleTopic } from '../../../local/demo/sample-topic.ts';
import { summarise } from '../../../local/demo/summary.ts';

const givenTopic = sampleTopic(1500);
const message = (offset: number) =>
  JSON.stringify({
    ...{ topic: 'contacts', partition: 0, offset, code: 'ROW_REJECTED', reason: 'masked' },
    ...{ errorCode: 'INVALID_EMAIL_ADDRESS', errorMessage: `Email: ${'x'.repeat(80)}` },
  });
const errantMessages = [1, 2, 3].map(message);
const sampleDelivered = { messages: errantMessages, committed: 1500 };

function summary(names: readonly string[], delivered = sampleDelivered) {
  const emulator = {
    records: () => names.map((LastName) => ({ Id: '003', LastName })),
    requests: () => [],
  };
  const { passed, shown } = summarise(givenTopic, emulator, delivered);
  return { passed, text: shown.map(({ text }) => text).join('\n') };
}

test('every usable record once, the others reported and all committed is right', () => {
  const { passed, text } = summary(givenTopic.valid);

  expect(passed).toBe(true);
  expect(text).toContain(
    '✓ 1,497 of 1,497 valid records are in Salesforce once: 0 missing, 0 repeated',
  );
  expect(text).toContain('In the errant queue  3 records');
  expect(text).toMatch(/contacts-0@2 {2}INVALID_EMAIL_ADDRESS {2}Email: x+…\n/);
});

test.each([
  { what: 'a record missing', names: givenTopic.valid.slice(1), message: '✗ 1,496 of 1,497' },
  { what: 'a record twice', names: [...givenTopic.valid, 'Contact 0001'], message: '1 repeated' },
  {
    what: 'a record from nowhere',
    names: [...givenTopic.valid, 'Nobody'],
    message: '1 unexpected',
  },
  {
    what: 'an errant record without a report',
    delivered: { messages: errantMessages.slice(1) },
    message: '✗ 2 of 3',
  },
  { what: 'an offset left behind', delivered: { committed: 1499 }, message: '✗ 1,499 of 1,500' },
])('$what is not right', ({ names = givenTopic.valid, delivered = {}, message }) => {
  const { passed, text } = summary(names, { ...sampleDelivered, ...delivered });

  expect(passed).toBe(false);
  expect(text).toContain(message);
});
