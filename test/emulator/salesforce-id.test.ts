import { expect, test } from 'vitest';
import { countIds, parseId, withSuffix } from '../../emulator/src/org/salesforce-id.ts';

test.each([
  '7507Q000009f52jQAA',
  '0018Z00002rGc7YQAS',
  '0057Q0000037T8QQAU',
  '7512x000002ywWrAAI',
  '751dM000002fyjpQAA',
])('the suffix of the recorded id %s is computed', (id) => {
  expect(withSuffix(id.slice(0, 15))).toBe(id);
  expect([parseId(id), parseId(id.slice(0, 15))]).toEqual([id, id]);
});

test.each(['7507Q000009f52jQAB', '7507Q000009f52j_', '7507Q', '', '7507Q000009f52jQAAx'])(
  '%j is not an id',
  (text) => {
    expect(parseId(text)).toBeNull();
  },
);

test('ids count up and keep the prefix of their object', () => {
  const next = countIds(61);
  expect([next('003'), next('003'), next('750')]).toEqual([
    '003Em000000000zIAA',
    '003Em0000000010IAA',
    '750Em0000000011IAA',
  ]);
});
