import { expect, test } from 'vitest';
import { recordsOfLines } from '../../../local/event-source-mapping/record-lines.ts';

const read = (...lines: string[]) =>
  recordsOfLines(lines.join('\n'), { now: 5, plainText: 'refused' });

test('a line is a record, or the value of one', () => {
  const whole = {
    ...{ topic: 'contacts', partition: 2, offset: 7, timestamp: 99 },
    ...{ key: 'K-1', value: { a: 1 }, headers: { tenant: 'acme' } },
  };
  expect(read(JSON.stringify(whole), '', '{"a":1}', '{"value":"text"}', '{"value":null}')).toEqual([
    {
      ...{ topic: 'contacts', partition: 2, offset: 7, timestamp: 99 },
      ...{ timestampType: 'CREATE_TIME', key: Buffer.from('K-1'), value: Buffer.from('{"a":1}') },
      headers: [['tenant', Buffer.from('acme')]],
    },
    ...['{"a":1}', 'text', null].map((value, offset) => ({
      ...{ topic: 'topic', partition: 0, offset, timestamp: 5, timestampType: 'CREATE_TIME' },
      ...{ key: null, value: value === null ? null : Buffer.from(value), headers: [] },
    })),
  ]);
});

test('key and value are JSON as it is written, with all digits; a record may lack its value', () => {
  const records = read(
    '{"key":{"id":7},"value":{"n":12345678901234567890,"d":1.50}}',
    '{"key":"A"}',
    '{"key":"A","name":"Ada"}',
  );
  expect(records.map(({ key, value }) => [key?.toString(), value?.toString()])).toEqual([
    ['{"id":7}', '{"n":12345678901234567890,"d":1.50}'],
    ['A', undefined],
    [undefined, '{"key":"A","name":"Ada"}'],
  ]);
});

test('offsets count in each partition, from the last one that is known', () => {
  const lines = [{ topic: 'a' }, { topic: 'b', offset: 40 }, { topic: 'a' }, { topic: 'b' }];
  const records = read(...lines.map((line) => JSON.stringify({ ...line, value: 1 })));
  expect(records.map(({ topic, offset }) => `${topic}@${offset}`)).toEqual([
    ...['a@0', 'b@40', 'a@1', 'b@41'],
  ]);
});

test.each([
  ['{"a":', 'line 3: not JSON'],
  ['{"partition":-1,"value":1}', 'line 3: partition: takes a whole number from 0'],
  ['{"offset":1.5,"value":1}', 'line 3: offset: takes a whole number from 0'],
  ['{', 'line 3: not JSON; a record takes one line, as jq -c writes it'],
  ['{"ofset":1,"value":{}}', 'line 3: a record has no "ofset"; did you mean offset?'],
  ['{"sensor":"a","value":5}', 'a record has no "sensor"; a value that has a field "value" is'],
  ['{"headers":{"h":1},"value":1}', 'line 3: headers.h: Invalid input'],
  ['{"topic":"t","offset":3,"value":1}', 'line 3: offset 3 of t-0 comes after 8'],
])('%s is refused with the number of its line', (line, message) => {
  expect(() => read('{"topic":"t","offset":8,"value":1}', '', line)).toThrow(message);
});

test('a line that is not JSON can be a value', () => {
  expect(recordsOfLines('nope', { now: 0, plainText: 'value' })).toMatchObject([
    { value: Buffer.from('nope') },
  ]);
});

test('all lines that are wrong are named, of many the first', () => {
  expect(() => read('{"a":1}', 'nope', '', '{"a":2}', '{"partition":-1,"value":1}')).toThrow(
    /^line 2: not JSON; line 5: partition: takes a whole number from 0$/,
  );
  expect(() => read(...Array.from({ length: 12 }, () => 'nope'))).toThrow(
    /line 5: not JSON; and 7 more$/,
  );
});

test('a file that Windows wrote is read', () => {
  const lines = '\uFEFF{"topic":"a","value":{"n":1}}\r\n\r\n{"n":2}\r\n';
  expect(recordsOfLines(lines, { now: 0, plainText: 'refused' })).toMatchObject([
    { topic: 'a', value: Buffer.from('{"n":1}') },
    { topic: 'topic' },
  ]);
});
