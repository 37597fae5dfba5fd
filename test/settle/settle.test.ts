import { describe, expect, it } from 'vitest';
import type { JobResult } from '../../src/salesforce/job/run-job.ts';
import { settle } from '../../src/settle/settle.ts';

const done: JobResult = {
  jobId: '750000000000001AAA',
  uploadMode: 'staged',
  state: 'JobComplete',
  sent: 10,
  processed: 10,
  failed: 0,
  errorMessage: null,
  rowErrors: [],
  waits: 1,
  tookMs: 100,
};

describe('settle', () => {
  it('acknowledges a job that is complete, with every row processed and none failed', () => {
    expect(settle(done)).toEqual({ kind: 'acknowledge' });
  });

  it.each<[string, Partial<JobResult>, string]>([
    ['a row failed', { failed: 1 }, 'JOB_ROWS_FAILED'],
    ['every row failed', { failed: 10 }, 'JOB_ROWS_FAILED'],
    ['a row was not processed', { processed: 9 }, 'JOB_ROWS_MISSING'],
    ['more rows were processed than sent', { processed: 11 }, 'JOB_ROWS_MISSING'],
    ['Salesforce does not say how many were processed', { processed: null }, 'JOB_ROWS_MISSING'],
    ['Salesforce does not say how many failed', { failed: null }, 'JOB_ROWS_MISSING'],
    ['the job failed', { state: 'Failed' }, 'JOB_FAILED'],
    [
      'the job failed before any row',
      { state: 'Failed', processed: null, failed: null },
      'JOB_FAILED',
    ],
    ['the job was aborted', { state: 'Aborted' }, 'JOB_ABORTED'],
  ])('redelivers when %s', (_name, facts, code) => {
    const outcome = settle({ ...done, ...facts });
    expect(outcome).toMatchObject({ kind: 'redeliver', error: { code } });
    expect(outcome).toHaveProperty('error.message', expect.stringContaining(done.jobId));
  });

  it('names all distinct row errors when there are three', () => {
    const rowErrors = ['A: a', 'B: b', 'C: c'].map((error) => ({ error, rows: 1 }));
    const outcome = settle({ ...done, failed: 3, rowErrors });
    expect(outcome).toHaveProperty(
      'error.message',
      expect.stringContaining('1 × A: a; 1 × B: b; 1 × C: c. 7 rows are written'),
    );
  });

  it('names the first distinct row errors with their counts', () => {
    const rowErrors = ['A: a', 'B: b', 'C: c', 'D: d', 'E: e'].map((error, n) => ({
      error,
      rows: 9 - n,
    }));
    const outcome = settle({ ...done, failed: 5, rowErrors });
    expect(outcome).toHaveProperty(
      'error.message',
      expect.stringContaining('9 × A: a; 8 × B: b; 7 × C: c; and 2 other errors.'),
    );
  });
});
