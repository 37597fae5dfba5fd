import { describe, expect, it } from 'vitest';
import { eventRecord } from '../support/event.ts';
import {
  contacts,
  deliver,
  jobs,
  names,
  namesOf,
  reported,
  salesforce,
  withServers,
} from './given/with-ledger.ts';

withServers();

const lock = { rowError: 'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--' };
const invalid = { rowError: 'INVALID_FIELD:no such thing:--' };

/** The ledger takes a job and its follow-up, but not that all is settled. */
const killedAfterTwoJobs = { failingWrite: 2 };

/** A record of its own partition, with a row like those of its likes. */
const twin = (partition: number) =>
  eventRecord({ partition, offset: partition, value: { LastName: 'Twin' } });

describe('rows that fail with a transient error', () => {
  it('go alone into further jobs, three in all, and are errant then', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 0-1' }, times: null });
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(jobs()).toEqual([
      ['JobComplete', 3],
      ['JobComplete', 1],
      ['JobComplete', 1],
    ]);
    expect(reported).toEqual([1]);
  });

  it('fail the flush then where nothing is tolerated, and are tried again at the next', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 0-1' }, times: 4 });
    const settings = { ERRORS_TOLERANCE: 'none' };
    expect(await deliver(contacts(0, 2), { settings })).toBe('JOB_ROWS_FAILED');
    expect(await deliver(contacts(0, 2), { settings })).toBeNull();
    expect(jobs().map(([, rows]) => rows)).toEqual([3, 1, 1, 1, 1]);
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
  });

  it('are not written again by a redelivery after the further job', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 0-1' } });
    expect(await deliver(contacts(0, 2), killedAfterTwoJobs)).toBe('LEDGER_UNAVAILABLE');
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
    expect(jobs()).toHaveLength(2);
  });

  it('are not mistaken for equal rows of other partitions, which may come first the next time', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Twin' } });
    expect(await deliver([twin(0), twin(1)], killedAfterTwoJobs)).toBe('LEDGER_UNAVAILABLE');
    expect(await deliver([twin(1), twin(0)])).toBeNull();
    expect(names()).toEqual(['Twin', 'Twin']);
  });
});

describe('rows of a record that an event has twice', () => {
  it.each([
    ['with the job ledger', {}],
    ['with a record id', { LEDGER_TABLE: '', SALESFORCE_RECORD_ID_FIELD: 'KafkaRecordId__c' }],
  ])('are one row %s', async (_mode, settings) => {
    const records = contacts(0, 1);
    expect(await deliver([...records, ...records], { settings })).toBeNull();
    expect([names(), reported]).toEqual([namesOf(records), []]);
  });
});

describe('rows that were in no file', () => {
  it('are not mistaken for equal rows that were written', async () => {
    salesforce.fault({ job: 'lose-rows', count: 1 });
    expect(await deliver([twin(0), twin(1)], killedAfterTwoJobs)).toBe('LEDGER_UNAVAILABLE');
    expect(await deliver([twin(0), twin(1)])).toBeNull();
    expect(names()).toEqual(['Twin', 'Twin']);
  });
});

describe('rows that are permanently refused', () => {
  it('are not mistaken for equal rows of other partitions, which may come first the next time', async () => {
    salesforce.fault({ ...invalid, match: { LastName: 'Twin' } });
    await deliver([twin(0), twin(1)], { failingWrite: 2 });
    expect(await deliver([twin(1), twin(0)])).toBeNull();
    expect(names()).toEqual(['Twin']);
    expect(new Set(reported)).toEqual(new Set([0]));
  });

  it('are errant, each in the half that brings it back', async () => {
    salesforce.fault({ ...invalid, match: { LastName: 'Number 0-1' } });
    salesforce.fault({ ...invalid, match: { LastName: 'Number 0-4' } });
    await deliver(contacts(0, 5), { failingWrite: 2 });
    expect(reported.splice(0)).toEqual([1, 4]);
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(reported.splice(0)).toEqual([1]);
    expect(await deliver(contacts(3, 5))).toBeNull();
    expect(reported).toEqual([4]);
    expect(names()).toHaveLength(4);
  });

  it('are not reported before the ledger knows it, and are not written after', async () => {
    salesforce.fault({ ...invalid, match: { LastName: 'Number 0-1' } });
    await deliver(contacts(0, 2), { failingWrite: 1 });
    expect(reported.splice(0)).toEqual([]);
    await deliver(contacts(0, 2), { failingWrite: 1 });
    expect(reported.splice(0)).toEqual([1]);
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(reported).toEqual([1]);
    expect(names().toSorted()).toEqual(['Number 0-0', 'Number 0-2']);
    expect(jobs()).toEqual([['JobComplete', 3]]);
  });

  it('fail the flush where nothing is tolerated, and are tried once at each delivery', async () => {
    salesforce.fault({ ...invalid, match: { LastName: 'Number 0-1' }, times: 2 });
    const settings = { ERRORS_TOLERANCE: 'none' };
    expect(await deliver(contacts(0, 2), { settings })).toBe('JOB_ROWS_FAILED');
    expect(await deliver(contacts(0, 2), { settings })).toBe('JOB_ROWS_FAILED');
    expect(await deliver(contacts(0, 2), { settings })).toBeNull();
    expect(jobs().map(([, rows]) => rows)).toEqual([3, 1, 1]);
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
  });
});
