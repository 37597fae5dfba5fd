import { expect, test } from 'vitest';
import { readOptions } from '../../../cli/replay/options.ts';

const codeOf = (text: string) => readOptions(['--local', '--code', text])?.code;

test.each([
  ['FIELD_UNKNOWN', 'FIELD_UNKNOWN'],
  ['field_unknown', 'FIELD_UNKNOWN'],
  ['required_field_missing', 'REQUIRED_FIELD_MISSING'],
  ['INVALID_FIELD_FOR_INSERT_UPDATE', 'INVALID_FIELD_FOR_INSERT_UPDATE'],
  ['STRING_TOO_LONG', 'STRING_TOO_LONG'],
  ['DUPLICATE_VALUE', 'DUPLICATE_VALUE'],
])('--code %s takes the records with %s', (text, code) => {
  expect(codeOf(text)).toBe(code);
});

test.each([
  ['FIELD_UNKNWON', 'there is no FIELD_UNKNWON; did you mean FIELD_UNKNOWN?'],
  ['field-unknown', 'did you mean FIELD_UNKNOWN?'],
  ['FIELDS_UNKNOWN', 'did you mean FIELD_UNKNOWN?'],
  ['unknown field', 'takes a code such as FIELD_UNKNOWN'],
  ['', 'takes a code such as FIELD_UNKNOWN'],
])('--code %j is refused', (text, message) => {
  expect(() => codeOf(text)).toThrow(message);
});
