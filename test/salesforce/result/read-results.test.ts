import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config/config.ts';
import type { CsvDocument } from '../../../src/csv/document.ts';
import type { Fields } from '../../../src/decode/decoded-record.ts';
import { systemRuntime } from '../../../src/runtime/runtime.ts';
import { timeBudget } from '../../../src/salesforce/job/time-budget.ts';
import { Salesforce } from '../../../src/salesforce/salesforce.ts';
import { quickClock } from '../../support/clock.ts';
import { documentOfFields } from '../../support/document.ts';
import { useEmulator } from '../../support/emulator.ts';
import { keptLog } from '../../support/sink.ts';

const salesforce = await useEmulator();

const secret = JSON.stringify({ clientId: 'local-client', clientSecret: 'local-secret' });

function orgAt(url: string) {
  const config = readConfig({
    ...{
      SALESFORCE_OBJECT: 'Contact',
      SALESFORCE_URI: url,
      SALESFORCE_SECRET_ID: 'dev/salesforce',
    },
  });
  const runtime = { ...systemRuntime(), clock: quickClock() };
  const parts = { config, runtime, log: keptLog(), readSecret: async () => secret };
  return new Salesforce(parts).orgForFlush(timeBudget(runtime.clock, 840_000)).org;
}

/** What became of the rows available (all, if not said otherwise) of a job with these rows. */
async function resultsOfJob(values: readonly Fields[], atHand = values) {
  const org = orgAt(salesforce.url);
  const document: CsvDocument = documentOfFields(values);
  const job = await org.waitForEnd(await org.createJobWithRows('insert', document), values.length);
  const { header, rows } = documentOfFields(atHand);
  const column = (place: number) => ({ name: header[place] ?? '', comparison: 'text' as const });
  const sent = { job, sent: values.length, rows, column, key: null };
  const { results, unmatched, unmatchedUnprocessed } = await org.results(sent);
  const files = salesforce.requests().map(({ call }) => call);
  return {
    kinds: results.map((result) => (result.kind === 'failed' ? result.error.code : result.kind)),
    unmatched: unmatched.map(({ row }) => row.cells),
    unmatchedUnprocessed,
    read: files.filter((call) => /Results|unprocessed/.test(call ?? '')),
  };
}

const contacts = (count: number): Fields[] =>
  Array.from({ length: count }, (_, n) => ({ LastName: `Number ${n}` }));

const lock = { rowError: 'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--' };

describe('of a job', () => {
  it('that wrote all its rows no file is read', async () => {
    expect(await resultsOfJob(contacts(2))).toEqual({
      ...{ kinds: ['written', 'written'], unmatched: [], unmatchedUnprocessed: 0, read: [] },
    });
  });

  it('with failed rows the file of those is enough', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 1' } });
    expect(await resultsOfJob(contacts(3))).toEqual({
      kinds: ['written', 'UNABLE_TO_LOCK_ROW', 'written'],
      ...{ unmatched: [], unmatchedUnprocessed: 0 },
      read: ['failedResults'],
    });
  });

  it('that failed half-way, what it did not attempt is read too', async () => {
    salesforce.fault({ job: 'fail', afterRows: 200 });
    const { kinds, read } = await resultsOfJob(contacts(300));
    expect(kinds).toEqual([...Array(200).fill('written'), ...Array(100).fill('unprocessed')]);
    expect(read).toEqual(['failedResults', 'unprocessedrecords']);
  });

  it('that lost rows, the successful rows say which', async () => {
    salesforce.fault({ job: 'lose-rows', count: 1 });
    const { kinds, read } = await resultsOfJob(contacts(3));
    expect(kinds.toSorted()).toEqual(['unprocessed', 'written', 'written']);
    expect(read).toEqual(['failedResults', 'successfulResults']);
  });

  it('that was aborted before it began, no row was attempted', async () => {
    salesforce.fault({ job: 'abort' });
    const { kinds } = await resultsOfJob(contacts(2));
    expect(kinds).toEqual(['unprocessed', 'unprocessed']);
  });

  it('of which half of the records are available, the failed rows are still enough', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 1' } });
    salesforce.fault({ ...lock, match: { LastName: 'Number 3' } });
    const all = contacts(4);
    expect(await resultsOfJob(all, all.slice(0, 2))).toEqual({
      kinds: ['written', 'UNABLE_TO_LOCK_ROW'],
      ...{ unmatched: [['Number 3']], unmatchedUnprocessed: 0 },
      read: ['failedResults'],
    });
  });

  it('that did not attempt a row which comes back as none of ours, the rest of the files tells', async () => {
    salesforce.fault({ job: 'fail', afterRows: 200 });
    const all = contacts(300);
    const atHand = all.map((row, n) => (n === 299 ? { LastName: 'Somebody else' } : row));
    const { kinds, read } = await resultsOfJob(all, atHand);
    expect(kinds).toEqual([...Array(200).fill('written'), ...Array(100).fill('unprocessed')]);
    expect(read).toEqual(['failedResults', 'unprocessedrecords', 'successfulResults']);
  });

  it('of which a failed row comes back as none of ours, it is the row that is left over', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 1' } });
    const all = contacts(3);
    const atHand = all.map((row, n) => (n === 1 ? { LastName: 'Somebody else' } : row));
    const { kinds, unmatched } = await resultsOfJob(all, atHand);
    expect([kinds, unmatched]).toEqual([['written', 'UNABLE_TO_LOCK_ROW', 'written'], []]);
  });
});
