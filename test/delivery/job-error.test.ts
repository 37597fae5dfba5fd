import { describe, expect, it } from 'vitest';
import { jobFailure, rowsFailure } from '../../src/delivery/job-error.ts';
import type { EndedJob } from '../../src/salesforce/job/job-info.ts';

const jobOf = (given: Partial<EndedJob>): EndedJob => ({
  ...{ id: '750000000000001', state: 'Failed', processed: 0, failed: 0 },
  ...{ errorMessage: null, waits: 1, tookMs: 9 },
  ...given,
});

describe('a job', () => {
  it('that failed as a whole has its reason in the error', () => {
    const error = jobFailure(jobOf({ errorMessage: 'InvalidBatch : Field X' }), 7);
    expect(error.message).toBe(
      'JOB_FAILED: Job 750000000000001 failed: InvalidBatch : Field X. It attempted none of 7 rows. Kafka redelivers them.',
    );
    expect(jobFailure(jobOf({}), 7).message).toContain('failed: Salesforce gave no reason.');
  });
});

describe('a flush', () => {
  it('has not failed when no row is left over', () => {
    expect(rowsFailure(jobOf({}), 7, { rejected: [], unprocessed: 0 })).toBeNull();
  });

  it('whose rows were rejected names the most frequent errors with their counts', () => {
    const refused = ['A', 'B', 'C', 'B', 'D', 'C', 'B', 'E'];
    const error = rowsFailure(jobOf({ state: 'JobComplete' }), 9, {
      rejected: refused,
      unprocessed: 0,
    });
    expect(error).toMatchObject({ code: 'JOB_ROWS_FAILED', retryable: true });
    expect(error?.message).toContain(
      'rejected 8 of 9 rows. 3 × B; 2 × C; 1 × A; and 2 other errors.',
    );
  });

  it('says nothing of other errors when there are none', () => {
    const error = rowsFailure(jobOf({}), 9, { rejected: ['A', 'B', 'C'], unprocessed: 0 });
    expect(error?.message).toContain('1 × A; 1 × B; 1 × C. Kafka');
  });

  it('that has rejected rows and others not attempted reports the rejected', () => {
    const error = rowsFailure(jobOf({}), 9, { rejected: ['A'], unprocessed: 3 });
    expect(error?.code).toBe('JOB_ROWS_FAILED');
  });

  it.each([
    ['JobComplete', 'JOB_ROWS_MISSING', 'is complete: Why, and 3 of 9 rows'],
    ['Failed', 'JOB_FAILED', 'failed: Why, and 3 of 9 rows'],
    ['Aborted', 'JOB_ABORTED', 'was aborted from outside the function: Why, and 3 of 9 rows'],
  ] as const)('whose job is %s with rows that were not attempted is %s', (state, code, text) => {
    const job = jobOf({ state, errorMessage: 'Why' });
    const error = rowsFailure(job, 9, { rejected: [], unprocessed: 3 });
    expect(error).toMatchObject({ code, retryable: true });
    expect(error?.message).toContain(text);
  });
});
