import { expect, test } from 'vitest';
import { tableLines, textRows } from '../../../local/terminal/table.ts';

test('rows have columns of one width, however many there are', () => {
  const many = new Array<string[]>(1_000_000).fill(['a', 'b']);
  const rows = many.concat([['long'], ['c', 'd']]);
  const last = ['a     b', 'long', 'c     d'];
  expect(textRows(rows).slice(-3)).toEqual(last);
  expect(tableLines(['A', 'B'], rows).slice(-3)).toEqual(last);
});

test('a table has headings and a rule', () => {
  expect(tableLines(['Record', 'Code'], [['a', 'NONE']])).toEqual([
    'Record  Code',
    '──────  ────',
    'a       NONE',
  ]);
  expect(textRows([])).toEqual([]);
});
