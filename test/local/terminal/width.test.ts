import { expect, test } from 'vitest';
import { cutTo } from '../../../local/terminal/width.ts';

test.each([
  ['short', 10, 'short'],
  ['exactly 10', 10, 'exactly 10'],
  ['one longer.', 10, 'one longe…'],
  ['any', 0, ''],
  ['名前が長い', 10, '名前が長い'],
  ['名前が長い', 9, '名前が長…'],
  ['名前が長い', 8, '名前が…'],
  ['e\u0301e\u0301e\u0301', 3, 'e\u0301e\u0301e\u0301'],
  ['two\nlines\ttab', 20, 'two lines tab'],
  ['\u001b[31mred\u001b[0m \u001b[2J', 20, 'red '],
])('%j in %i columns is %j', (text, columns, cut) => {
  expect(cutTo(text, columns)).toBe(cut);
});
