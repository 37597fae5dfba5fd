import { expect, test } from 'vitest';
import { errantLines, readErrant } from '../../../local/terminal/errant-records.ts';

const place = { topic: 'contacts', partition: 2, offset: 41 };

test('an errant record is shown by its place, and by its own code and reason', () => {
  const body = JSON.stringify({ ...place, code: 'JSON_INVALID', reason: 'no JSON', value: 'x' });

  expect(readErrant(body)).toEqual({
    ...{ record: 'contacts-2@41', code: 'JSON_INVALID', reason: 'no JSON' },
  });
});

test("Salesforce's words come before those of the function", () => {
  const own = { code: 'ROW_REJECTED', reason: 'masked' };
  const body = JSON.stringify({ ...place, ...own, errorCode: 'BAD', errorMessage: 'no good' });

  expect(readErrant(body)).toMatchObject({ code: 'BAD', reason: 'no good' });
});

test('a refused row of no record is shown too', () => {
  const body = JSON.stringify({ kind: 'unmatched-row', jobId: '750', errorCode: 'BAD', row: {} });

  expect(readErrant(body)).toEqual({ record: 'no record', code: 'BAD', reason: '' });
});

test('a reason is one line of a table, cut where it is long', () => {
  const record = { record: 'contacts-2@41', code: 'BAD' };
  const reasons = ['two\nlines', 'x'.repeat(61)];
  const lines = errantLines(reasons.map((reason) => ({ ...record, reason })));

  expect(errantLines([{ ...record, reason: '😀'.repeat(31) }])[2]).toBe(
    `contacts-2@41  BAD   ${'😀'.repeat(29)}…`,
  );
  expect(lines).toHaveLength(4);
  expect(lines[2]).toBe('contacts-2@41  BAD   two lines');
  expect(lines[3]).toBe(`contacts-2@41  BAD   ${'x'.repeat(59)}…`);
});
