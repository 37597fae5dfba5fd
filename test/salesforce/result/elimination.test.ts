import { describe, expect, it } from 'vitest';
import { SinkError } from '../../../src/errors.ts';
import { readResults } from '../../../src/salesforce/result/read-results.ts';
import {
  type Files,
  jobOf,
  jobsWith,
  resultsOf,
  sentOf,
  type Table,
  table,
} from './given/results.ts';

/** A complete job with this number of rows. */
const rowsOf = (atHand: Table, sent: number, failed: number) => ({
  ...{ ...sentOf(atHand), job: jobOf('JobComplete', sent, failed), sent },
});

const errorOf = async (rows: ReturnType<typeof rowsOf>, files: Files) => {
  const { jobs, read } = jobsWith(files);
  const error = await readResults(jobs, rows).then(
    () => null,
    (thrown: unknown) => (thrown instanceof SinkError ? thrown.code : thrown),
  );
  return { error, read };
};

describe('a row that comes back in an unknown form', () => {
  const written = table('LastName,Size', 'Ann,five', 'Bob,six');

  it('has the result of the rows that are left over, if that is one', async () => {
    const atHand = table('LastName,Size', 'Ann,5', 'Bob,6', 'Cid,7');
    const files = { failed: table('LastName,Size', 'Cid,7'), written };
    const { kinds } = await resultsOf(rowsOf(atHand, 3, 1), files);
    expect(kinds).toEqual(['written', 'written', 'failed']);
  });

  it('fails the flush if the rows that are left over have several results', async () => {
    const atHand = table('LastName,Size', 'Ann,5', 'Bob,6', 'Cid,7');
    const files = { failed: table('LastName,Size', 'Cid,seven'), written };
    expect(await errorOf(rowsOf(atHand, 3, 1), files)).toEqual({
      ...{ error: 'JOB_ROWS_MISSING', read: ['failedResults', 'successfulResults'] },
    });
  });

  it('is not called unprocessed while more rows match none than are not available', async () => {
    const atHand = table('LastName,Size', 'Ann,5', 'Bob,6');
    const files = { failed: written, written: table('LastName,Size', 'Zoe,1') };
    expect(await errorOf(rowsOf(atHand, 3, 2), files)).toEqual({
      ...{ error: 'JOB_ROWS_MISSING', read: ['failedResults', 'successfulResults'] },
    });
  });
});

describe('a row that comes back without some of its values', () => {
  const atHand = table('LastName,Email', 'Ann,a@x', 'Bob,b@x');

  it('is known by elimination when all rows are available', async () => {
    const files = { failed: table('LastName,Email', ',b@x'), written: table('LastName', 'Ann') };
    const { kinds, unmatched } = await resultsOf(rowsOf(atHand, 2, 1), files);
    expect([kinds, unmatched]).toEqual([['written', 'failed'], []]);
  });

  it('is not taken for a row that is not available, and counted as written', async () => {
    const [first] = atHand.rows;
    const one = { header: atHand.header, rows: [first ?? []] };
    const files = {
      failed: table('LastName,Email', ',a@x'),
      written: table('LastName,Email', 'Bob,b@x'),
    };
    expect(await errorOf(rowsOf(one, 2, 1), files)).toEqual({
      ...{ error: 'JOB_ROWS_MISSING', read: ['failedResults', 'successfulResults'] },
    });
  });
});

describe('numbers in two spellings, of which one row is not available', () => {
  it('are distinguished from rows that were not attempted', async () => {
    const atHand = table('LastName,Score__c', 'A,5', 'B,5.0');
    const files = {
      failed: table('LastName,Score__c,Email', 'C,,no address'),
      written: table('LastName,Score__c,Email', 'A,5.0,', 'B,5.0,'),
    };
    const { kinds } = await resultsOf(rowsOf(atHand, 3, 1), files);
    expect(kinds).toEqual(['written', 'written']);
  });
});

describe('a key in other capitals than the row was sent with', () => {
  it('is the key of that row, also when others are not available', async () => {
    const key = { name: 'ExternalId__c', comparison: 'text' } as const;
    const sent = sentOf(table('ExternalId__c,Title', 'ANN@x.com,old'), { key });
    const files = {
      failed: table('ExternalId__c,Title', 'bob@x.com,x'),
      written: table('ExternalId__c,Title', 'ann@x.com,new'),
    };
    const job = jobOf('Failed', 2, 1);
    const { kinds } = await resultsOf({ ...sent, job, sent: 3 }, files);
    expect(kinds).toEqual(['written']);
  });
});
