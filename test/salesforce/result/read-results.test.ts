import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../../local/salesforce/emulator.ts';
import { readConfig } from '../../../src/config.ts';
import type { CsvDocument } from '../../../src/csv/document.ts';
import type { Fields } from '../../../src/decode/row.ts';
import { realEdges } from '../../../src/edges.ts';
import { timeBudget } from '../../../src/salesforce/job/time-budget.ts';
import { Salesforce } from '../../../src/salesforce/salesforce.ts';
import { quickClock } from '../../given/clock.ts';
import { documentOfFields } from '../../given/document.ts';
import { keptLog } from '../../given/sink.ts';

let salesforce: Emulator;

beforeAll(async () => {
  salesforce = await startEmulator();
});
beforeEach(() => {
  salesforce.reset();
});
afterAll(() => salesforce.close());

const secret = JSON.stringify({ clientId: 'local-client', clientSecret: 'local-secret' });

function orgAt(url: string) {
  const config = readConfig({
    ...{
      SALESFORCE_OBJECT: 'Contact',
      SALESFORCE_URI: url,
      SALESFORCE_SECRET_ID: 'dev/salesforce',
    },
  });
  const edges = { ...realEdges(), clock: quickClock() };
  const parts = { config, edges, log: keptLog(), readSecret: async () => secret };
  return new Salesforce(parts).forFlush(timeBudget(edges.clock, 840_000)).org;
}

/** What became of the rows at hand (all, if not said otherwise) of a job with these rows. */
async function fatesOfJob(values: readonly Fields[], atHand = values) {
  const org = orgAt(salesforce.url);
  const { text }: CsvDocument = documentOfFields(values);
  const job = await org.follow(await org.openFilled(text));
  const document = documentOfFields(atHand);
  const { fates, strays } = await org.fates({ job, sent: values.length, document, key: null });
  const files = salesforce.requests().map(({ call }) => call);
  return {
    kinds: fates.map((fate) => (fate.kind === 'failed' ? fate.error.code : fate.kind)),
    strays,
    read: files.filter((call) => /Results|unprocessed/.test(call ?? '')),
  };
}

const contacts = (count: number): Fields[] =>
  Array.from({ length: count }, (_, n) => ({ LastName: `Number ${n}` }));

const lock = { rowError: 'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--' };

describe('of a job', () => {
  it('that wrote all its rows no file is read', async () => {
    expect(await fatesOfJob(contacts(2))).toEqual({
      ...{ kinds: ['written', 'written'], strays: [], read: [] },
    });
  });

  it('with failed rows the file of those is enough', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 1' } });
    expect(await fatesOfJob(contacts(3))).toEqual({
      kinds: ['written', 'UNABLE_TO_LOCK_ROW', 'written'],
      strays: [],
      read: ['failedResults'],
    });
  });

  it('that failed half-way, what it did not attempt is read too', async () => {
    salesforce.fault({ job: 'fail', afterRows: 200 });
    const { kinds, read } = await fatesOfJob(contacts(300));
    expect(kinds).toEqual([...Array(200).fill('written'), ...Array(100).fill('unprocessed')]);
    expect(read).toEqual(['failedResults', 'unprocessedrecords']);
  });

  it('that lost rows, the successful rows say which', async () => {
    salesforce.fault({ job: 'lose-rows', count: 1 });
    const { kinds, read } = await fatesOfJob(contacts(3));
    expect(kinds.toSorted()).toEqual(['unprocessed', 'written', 'written']);
    expect(read).toEqual(['failedResults', 'successfulResults']);
  });

  it('that was aborted before it began, no row was attempted', async () => {
    salesforce.fault({ job: 'abort' });
    const { kinds } = await fatesOfJob(contacts(2));
    expect(kinds).toEqual(['unprocessed', 'unprocessed']);
  });

  it('of which half of the records are at hand, those get their own fates', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 1' } });
    salesforce.fault({ ...lock, match: { LastName: 'Number 3' } });
    const all = contacts(4);
    const { kinds, strays, read } = await fatesOfJob(all, all.slice(0, 2));
    expect(kinds).toEqual(['written', 'UNABLE_TO_LOCK_ROW']);
    expect(strays).toEqual([]);
    expect(read).toEqual(['failedResults', 'successfulResults']);
  });

  it('that did not attempt a row which comes back as none of ours, nothing is taken for written', async () => {
    salesforce.fault({ job: 'fail', afterRows: 200 });
    const all = contacts(300);
    const atHand = all.map((row, n) => (n === 299 ? { LastName: 'Somebody else' } : row));
    const { kinds } = await fatesOfJob(all, atHand);
    expect(kinds).toEqual([...Array(200).fill('written'), ...Array(100).fill('unprocessed')]);
  });

  it('of which a failed row comes back as none of ours, its record is sent again while others are away', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 1' } });
    const all = contacts(4);
    const atHand = [{ LastName: 'Number 0' }, { LastName: 'Somebody else' }];
    const { kinds } = await fatesOfJob(all, atHand);
    expect(kinds).toEqual(['written', 'unprocessed']);
  });
});
