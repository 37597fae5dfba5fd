import { expect, it } from 'vitest';
import { logReport } from '../../src/errant/reporter.ts';
import { keptLog } from '../support/sink.ts';

const record = { topic: 'contacts', partition: 3, offset: 42, timestamp: 7 };

it('an errant record is one line: where it stands and why', () => {
  const log = keptLog();
  const errant = { record, stage: 'decode', code: 'JSON_INVALID', reason: 'no JSON' } as const;
  logReport({ errants: [{ ...errant, rejection: null }], unmatched: [] }, log);
  expect(log.lines).toEqual([
    {
      ...{ level: 'error', message: 'errant record', record: 'contacts-3@42' },
      ...{ stage: 'decode', code: 'JSON_INVALID', reason: 'no JSON' },
    },
  ]);
});

it("a rejected row's line has Salesforce's code, and neither its message nor a cell", () => {
  const log = keptLog();
  const reason = 'INVALID_FIELD: … is no date';
  const rejection = { jobId: '750a', errorCode: 'INVALID_FIELD', message: 'secret is no date' };
  const errant = { record, stage: 'salesforce', code: 'ROW_REJECTED', reason, rejection } as const;
  const error = { code: 'INVALID_FIELD', message: 'secret is no date', redactedMessage: reason };
  const stray = {
    jobId: '750a',
    header: ['LastName'],
    row: { columns: [0], cells: ['secret'] },
    error,
  };
  logReport({ errants: [errant], unmatched: [stray] }, log);
  expect(log.lines).toMatchObject([
    { message: 'errant record', code: 'ROW_REJECTED', error_code: 'INVALID_FIELD', reason },
    { message: 'errant row of no record', job_id: '750a', error_code: 'INVALID_FIELD', reason },
  ]);
  expect(JSON.stringify(log.lines)).not.toContain('secret');
});
