import { describe, expect, it } from 'vitest';
import type { ErrantRecord } from '../../src/kafka/errant-record.ts';
import type { LedgerErrants } from '../../src/ledger/state.ts';
import { table } from '../salesforce/result/given/results.ts';
import { decidedOf } from './given/prior-job.ts';
import { recordAt, rowAt } from './given/rows.ts';

const header = 'Key__c,Title';
const locked = 'UNABLE_TO_LOCK_ROW';
const a = rowAt(0, 'one', 'A');
const b = rowAt(1, 'two', 'B');
const c = rowAt(2, 'three', 'C');

const storedAt = (offset: number, rejection: LedgerErrants['rejection']): LedgerErrants => ({
  stage: rejection === null ? 'decode' : 'salesforce',
  ...{ code: rejection === null ? 'SCHEMA_UNKNOWN' : 'ROW_REJECTED', rejection },
  ...{ ranges: [[offset, offset]], firstTime: 7, lastTime: 7, at: 0 },
});

describe('of the records of a job of an earlier delivery', () => {
  it('those that it wrote are done, and those that it did not attempt are sent', async () => {
    const files = { written: table(header, 'A,one'), unprocessed: table(header, 'B,two') };
    const decided = await decidedOf({ files, sent: 2, rows: [a, b] });
    expect(decided).toMatchObject({ open: [1], errant: [], retriedOffsets: [], unmatched: [] });
  });

  it('those whose row failed with a transient error are sent once more, and are known as such', async () => {
    const files = { failed: table(header, 'B,two') };
    const decided = await decidedOf({ files, sent: 2, rows: [a, b] });
    expect(decided).toMatchObject({ open: [1], errant: [], retriedOffsets: [1] });
  });

  it('those of a row that was merged belong to it, also when some are not available', async () => {
    const later = rowAt(1, 'two', 'A');
    const files = { written: table(header, 'A,two'), unprocessed: table(header, 'C,three') };
    const some = { files, sent: 2, records: 3 };
    expect(await decidedOf({ ...some, rows: [a, later] })).toMatchObject({ open: [] });
    expect(await decidedOf({ ...some, rows: [a] })).toMatchObject({ open: [] });
    expect(await decidedOf({ ...some, rows: [c] })).toMatchObject({ open: [2] });
  });

  it('none is dropped when rows that were two have one key by now', async () => {
    const upper = rowAt(0, 'one', 'ABC');
    const lower = rowAt(1, 'two', 'abc');
    const files = { failed: table(header, 'ABC,one', 'abc,two') };
    const decided = await decidedOf({
      ...{ files, sent: 2, rows: [upper, lower], caseSensitive: null },
    });
    expect(decided).toMatchObject({ open: [0, 1], retriedOffsets: [0, 1] });
  });
});

describe('a record whose row was permanently refused', () => {
  const refusedRow = {
    ...{ files: { failed: table(header, 'A,one') }, sent: 1, rows: [a] },
    rowError: 'REQUIRED_FIELD_MISSING:Required fields are missing:Title --',
  };

  it('is errant when it was the only record of the row', async () => {
    const decided = await decidedOf({ ...refusedRow, records: 1 });
    expect(decided).toMatchObject({ open: [], errant: [[0, 'REQUIRED_FIELD_MISSING']] });
  });

  it('is sent again when the row may contain a record that this event does not have', async () => {
    const decided = await decidedOf({ ...refusedRow, records: 2 });
    expect(decided).toMatchObject({ open: [0], errant: [], retriedOffsets: [] });
  });
});

describe('a record that an earlier flush found errant', () => {
  it('stays errant, with the error of its job where there is one', async () => {
    const rejection = { jobId: '750000000000001', errorCode: locked };
    const storedErrants = new Map([[b.records[0] ?? recordAt(1), storedAt(1, rejection)]]);
    const files = { failed: table(header, 'B,two') };
    const { open, errants } = await decidedOf({ files, sent: 2, rows: [a, b], storedErrants });
    expect(open).toEqual([]);
    expect(errants).toMatchObject([
      { rejection: { errorCode: locked, message: 'unable to obtain exclusive access' } },
    ]);
  });

  it('stays errant when its reason is no longer known', async () => {
    const storedErrants = new Map([[b.records[0] ?? recordAt(1), storedAt(1, null)]]);
    const files = { written: table(header, 'A,one'), unprocessed: table(header, 'B,two') };
    const { open, errants } = await decidedOf({ files, sent: 2, rows: [a, b], storedErrants });
    expect([open, errants.map(({ code, rejection }) => [code, rejection])]).toEqual([
      [],
      [['SCHEMA_UNKNOWN', null]],
    ]);
  });
});

describe('a record that can no longer be read', () => {
  const record = recordAt(1);
  const unreadable: readonly ErrantRecord[] = [
    { ...{ record, stage: 'decode', code: 'SCHEMA_UNKNOWN', reason: 'gone' }, rejection: null },
  ];

  it('was written when no row is left over', async () => {
    const files = { failed: table(header, 'A,one'), written: table(header, 'B,two') };
    const decided = await decidedOf({ files, sent: 2, rows: [a], unreadable });
    expect(decided).toMatchObject({ open: [0], errant: [] });
  });

  it('has the error of the row that is left over when all others are available', async () => {
    const files = { failed: table(header, 'B,two'), written: table(header, 'A,one') };
    const decided = await decidedOf({ files, sent: 2, rows: [a], unreadable });
    expect(decided).toMatchObject({ open: [], errant: [[1, locked]], unmatched: [] });
  });

  it('fails the flush when the row that is left over may be of another record', async () => {
    const files = { failed: table(header, 'B,two'), written: table(header, 'A,one', 'C,three') };
    const decided = decidedOf({ files, sent: 3, rows: [a], unreadable });
    await expect(decided).rejects.toThrow(/^JOB_ROWS_MISSING: .*SCHEMA_UNKNOWN: gone/);
  });
});

it('a record that a later one of its key supersedes is errant, not sent', async () => {
  const times = { firstTime: 7, lastTime: 7, at: 0 };
  const jobs = [
    { id: '750000000000001', rows: 2, records: 2, ranges: [[0, 1] as const], ...times },
    { id: 'two', rows: 1, records: 1, ranges: [[2, 2] as const], ...times },
  ];
  const files = { failed: table(header, 'A,one') };
  const later = rowAt(2, 'three', 'A');
  const superseded = { files, sent: 2, records: 2, jobs };
  expect(await decidedOf({ ...superseded, rows: [a, b] })).toMatchObject({ open: [0] });
  const { errant } = await decidedOf({ ...superseded, rows: [a, later] });
  expect(errant).toContainEqual([0, locked]);
});
