import { expect, it } from 'vitest';
import { logReport } from '../../src/errant/reporter.ts';
import { keptLog } from '../support/sink.ts';

const record = { topic: 'contacts', partition: 3, offset: 42, timestamp: 7 };

it('logs one line for an errant record, with its coordinates, stage, code and reason', () => {
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

it("logs Salesforce's code for a rejected row, but neither its message nor a cell", () => {
  const log = keptLog();
  const reason = 'INVALID_FIELD: … is no date';
  const rejection = { jobId: '750a', errorCode: 'INVALID_FIELD', message: 'secret is no date' };
  const errant = { record, stage: 'salesforce', code: 'ROW_REJECTED', reason, rejection } as const;
  const error = { code: 'INVALID_FIELD', message: 'secret is no date', redactedMessage: reason };
  const result = {
    jobId: '750a',
    header: ['LastName'],
    row: { columns: [0], cells: ['secret'] },
    error,
  };
  logReport({ errants: [errant], unmatched: [result] }, log);
  expect(log.lines).toMatchObject([
    { message: 'errant record', code: 'ROW_REJECTED', error_code: 'INVALID_FIELD', reason },
    { message: 'unmatched row', job_id: '750a', error_code: 'INVALID_FIELD', reason },
  ]);
  expect(JSON.stringify(log.lines)).not.toContain('secret');
});
