import { describe, expect, it } from 'vitest';
import { SinkError } from '../../../src/errors.ts';
import type { IngestApi } from '../../../src/salesforce/job/ingest-api.ts';
import {
  allWritten,
  attemptedNothing,
  filesAddUp,
} from '../../../src/salesforce/result/read-results.ts';
import { type Files, jobOf, jobsWith, resultsOf, sentOf, table } from './given/results.ts';

describe('a job', () => {
  it.each([
    ['JobComplete', 5, 0, true],
    ['JobComplete', 5, 1, false],
    ['JobComplete', 4, 0, false],
    ['JobComplete', 5, null, false],
    ['JobComplete', null, 0, false],
    ['Failed', 5, 0, false],
    ['Aborted', 5, 0, false],
  ] as const)('that is %s with %s processed and %s failed of 5 wrote all: %s', (...given) => {
    const [state, processed, failed, wrote] = given;
    expect(allWritten({ job: jobOf(state, processed, failed), sent: 5 })).toBe(wrote);
  });

  it.each([
    ['all are in the files', 5, 1, 1, 0, true],
    ['some were not attempted', 3, 1, 1, 2, true],
    ['rows are in no file', 4, 1, 1, 0, false],
    ['fewer failed than it counts', 5, 2, 1, 0, false],
    ['more failed than it counts', 5, 0, 1, 0, false],
    ['nothing is counted', null, null, 0, 5, false],
  ] as const)('adds up when %s: %s, %s, %s, %s: %s', (...given) => {
    const [, processed, failed, failedRows, unprocessed, adds] = given;
    const counts = { failed: failedRows, unprocessed };
    expect(filesAddUp({ job: jobOf('Failed', processed, failed), sent: 5 }, counts)).toBe(adds);
  });

  it.each([
    ['Failed', 0, 0, true],
    ['Failed', null, null, true],
    ['Failed', 1, 0, false],
    ['Failed', 1, 1, false],
    ['Failed', null, 1, false],
    ['Aborted', 0, 0, true],
    ['JobComplete', 0, 0, false],
  ] as const)(
    'that is %s with %s processed and %s failed and has no results attempted nothing: %s',
    async (state, processed, failed, nothing) => {
      const { jobs } = jobsWith({});
      expect(await attemptedNothing(jobs, jobOf(state, processed, failed))).toBe(nothing);
    },
  );

  it('that says it attempted nothing is not believed when it has results', async () => {
    for (const kind of ['written', 'failed'] as const) {
      const { jobs } = jobsWith({ [kind]: table('LastName', 'Ann') });
      expect(await attemptedNothing(jobs, jobOf('Failed', 0, 0))).toBe(false);
    }
  });
});

describe('an aborted job whose results are refused', () => {
  const refusedWith = (status: number, errorCode: string | null) => {
    const error = new SinkError('SALESFORCE_REFUSED', 'on purpose.', { status, errorCode });
    return { results: () => Promise.reject(error) } as unknown as IngestApi;
  };
  const job = jobOf('Aborted', 0, 0);

  it.each([
    [400, 'INVALIDJOBSTATE'],
    [404, 'NOT_FOUND'],
  ])('with %i %s by Salesforce has none', async (status, errorCode) => {
    expect(await attemptedNothing(refusedWith(status, errorCode), job)).toBe(true);
  });

  it.each([
    ['a gateway', 404, null],
    ['a gateway', 403, null],
    ['a permission', 403, 'INSUFFICIENT_ACCESS'],
  ])('by %s with %i may have written rows', async (_what, status, errorCode) => {
    const attempted = attemptedNothing(refusedWith(status, errorCode), job);
    await expect(attempted).rejects.toThrow('SALESFORCE_REFUSED');
  });
});

describe('a row', () => {
  const sent = sentOf(table('LastName', 'Ann', 'Bob', 'Cid'));
  const rows = (count = 3, processed = 3, failed = 1) => ({
    ...{ ...sent, job: jobOf('JobComplete', processed, failed), sent: count },
  });
  const kindsOf = async (given: ReturnType<typeof rows>, files: Files) =>
    (await resultsOf(given, files)).kinds;

  it('that is in the file of failed rows has failed, with what Salesforce says', async () => {
    const failed = table('LastName', 'Bob');
    const { kinds, results, unmatched, read } = await resultsOf(rows(), { failed });
    expect(kinds).toEqual(['written', 'failed', 'written']);
    expect(results[1]).toMatchObject({
      error: { code: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access' },
    });
    expect([unmatched, read]).toEqual([[], ['failedResults']]);
  });

  it('that failed and can be of a record that is not available is given back unchanged', async () => {
    const failed = table('LastName,Phone', 'Zoe,1');
    const { kinds, unmatched, read } = await resultsOf(rows(4, 4), { failed });
    expect(kinds).toEqual(['written', 'written', 'written']);
    expect(unmatched).toMatchObject([
      {
        header: ['LastName', 'Phone'],
        row: { columns: [0, 1], cells: ['Zoe', '1'] },
        error: { code: 'UNABLE_TO_LOCK_ROW' },
      },
    ]);
    expect(read).toEqual(['failedResults']);
  });

  it('that failed and is none of ours is the one that is in no file', async () => {
    const files = { failed: table('LastName', 'Zoe'), written: table('LastName', 'Ann', 'Cid') };
    const { kinds, unmatched, read } = await resultsOf(rows(), files);
    expect([kinds, unmatched]).toEqual([['written', 'failed', 'written'], []]);
    expect(read).toEqual(['failedResults', 'successfulResults']);
  });

  it('that was not attempted and that is none of ours is the one that is in no file', async () => {
    const job = jobOf('Failed', 2, 0);
    const files = {
      unprocessed: table('LastName', 'Zoe'),
      written: table('LastName', 'Ann', 'Bob'),
    };
    const { kinds } = await resultsOf({ ...sent, job, sent: 3 }, files);
    expect(kinds).toEqual(['written', 'written', 'unprocessed']);
  });

  it('that is in no file was not attempted, once the successful rows are read', async () => {
    const files = { failed: table('LastName', 'Ann'), written: table('LastName', 'Cid') };
    expect(await kindsOf(rows(3, 2), files)).toEqual(['failed', 'unprocessed', 'written']);
  });

  it('is never called written when Salesforce counts more rows than its files hold', async () => {
    const files = { failed: table('LastName', 'Zoe'), written: table('LastName', 'Cid') };
    await expect(kindsOf(rows(3, 3), files)).rejects.toThrow(
      /^JOB_ROWS_MISSING: Job 750000000000001 was sent 3 rows, processed 3, and its results hold 2/,
    );
  });

  it('is never called unprocessed when rows are missing from the file of successful rows', async () => {
    // Cid is beyond the daily allocation, thus in no file, and Ann was written.
    const job = jobOf('Failed', 1, 0);
    const files = { unprocessed: table('LastName', 'Bob'), written: table('LastName') };
    await expect(kindsOf({ ...sent, job, sent: 3 }, files)).rejects.toThrow(
      /^JOB_ROWS_MISSING: .* was sent 3 rows, processed 1, and its results hold 0/,
    );
  });

  it('that was written between the reads of two files is written', async () => {
    const job = jobOf('Aborted', 1, 0);
    const files = {
      unprocessed: table('LastName', 'Ann', 'Bob', 'Cid'),
      written: table('LastName', 'Ann', 'Bob'),
    };
    const { kinds, read } = await resultsOf({ ...sent, job, sent: 3 }, files);
    expect(kinds).toEqual(['written', 'written', 'unprocessed']);
    expect(read).toEqual(['failedResults', 'unprocessedrecords', 'successfulResults']);
  });

  it('that equals another one, of which one was written, is the first that was not', async () => {
    const equal = sentOf(table('LastName', 'Ann', 'Ann', 'Bob'));
    const job = jobOf('JobComplete', 2, 0);
    const files = { written: table('LastName', 'Ann', 'Bob') };
    const { kinds } = await resultsOf({ ...equal, job, sent: 3 }, files);
    expect(kinds).toEqual(['unprocessed', 'written', 'written']);
  });

  it('has its result when Salesforce counts it twice', async () => {
    const files = { failed: table('LastName', 'Ann'), written: table('LastName', 'Bob', 'Cid') };
    expect(await kindsOf(rows(3, 6), files)).toEqual(['failed', 'written', 'written']);
  });
});
