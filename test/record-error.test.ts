import { expect, it } from 'vitest';
import { RecordError } from '../src/record-error.ts';

it('a record error has no stack, and leaves that of others alone', () => {
  const { stackTraceLimit } = Error;
  const error = new RecordError('JSON_INVALID', 'the value is not valid JSON');
  expect(error.stack).not.toContain('    at ');
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  expect(new Error('another').stack).toContain('record-error.test.ts');
});
