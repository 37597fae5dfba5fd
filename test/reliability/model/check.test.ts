import type { StoredRecord } from 'salesforce-bulk-emulator';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { textForm } from './draw-values.ts';
import type { Outcome } from './run.ts';
import type { GivenRecord, GivenValue, Kind, Scenario } from './scenario.ts';

const value = (field: string, text: string): GivenValue => ({
  ...{ connect: null, ...textForm(text) },
  ...{ name: field, field },
});

/** A record that names itself, of the one row of an upsert. */
function record(offset: number, kind: Kind = 'good'): GivenRecord {
  const values = [value('LastName', `zq ${offset}`)];
  const place = { partition: 0, offset, timestamp: 0 };
  return { ...place, kind, row: 'k', key: null, text: '', values, trouble: null };
}

function scenario(more: Partial<Scenario>): Scenario {
  return {
    ...{ seed: 1, marker: 'zq', operation: 'insert', promised: 'job ledger', keyField: null },
    ...{ settings: {}, tolerance: 'all', nulls: 'clear', unknownFields: 'errant' },
    ...{ tombstones: 'errant', records: [record(0), record(1)], existing: [], behaviours: [] },
    ...{ queueMs: 0, remainingMs: 840_000, deliveries: [], lastTake: 1 },
    ...more,
  };
}

const row = (offset: number): StoredRecord => ({ Id: '003', LastName: `zq ${offset}` });

function outcome(more: Partial<Outcome>): Outcome {
  return {
    ...{ rows: [row(0), row(1)], errant: new Map(), unmatched: 0, delivered: [] },
    ...{ isDone: true, visibleText: [], resolve: (text: string) => text },
    ...more,
  };
}

const broken = (given: Partial<Scenario>, came: Partial<Outcome>): string[] =>
  check({ scenario: scenario(given), outcome: outcome(came) }).map(({ kind }) => kind);

const keyed = { operation: 'upsert', keyField: 'ExternalId__c' } as const;
const inOrg = (offset: number) => ({ rows: [{ ...row(offset), ExternalId__c: 'k' }] });
const delivery = { records: [record(0)], ended: 'settled', error: null, jobs: 1, tookMs: 1 };

describe('an insert', () => {
  it('is fine when each record is one row, or errant because it can never be one', () => {
    expect(broken({}, {})).toEqual([]);
    const records = [record(0), record(1, 'broken')];
    expect(broken({ records }, { rows: [row(0)], errant: new Map([['0@1', 'X']]) })).toEqual([]);
  });

  it.each<[string[], Partial<Outcome>]>([
    [['lost'], { rows: [row(0)] }],
    [['twice'], { rows: [row(0), row(1), row(1)] }],
    [['wrong value'], { rows: [row(0), { ...row(1), Title: 'another' }] }],
    [['written and errant', 'errant without a reason'], { errant: new Map([['0@1', 'X']]) }],
    [['errant without a reason'], { rows: [row(0)], errant: new Map([['0@1', 'X']]) }],
    [['stuck'], { isDone: false }],
    [['unmatched row'], { unmatched: 1 }],
    [['leaked a value'], { visibleText: ['a line about ZQ 1'] }],
    [['too many jobs'], { delivered: [{ ...delivery, jobs: 40 }] }],
    [['overran its time'], { delivered: [{ ...delivery, tookMs: 840_001 }] }],
    [['unexpected error'], { delivered: [{ ...delivery, error: new TypeError('x') }] }],
  ])('is %j', (kinds, came) => {
    const titled = { ...record(1), values: [...record(1).values, value('Title', 'zq')] };
    const given = kinds[0] === 'wrong value' ? { records: [record(0), titled] } : {};
    expect(broken(given, came)).toEqual(kinds);
  });

  it('may be two rows where nothing but that no record is lost is promised', () => {
    const rows = { rows: [row(0), row(1), row(1)] };
    expect(broken({ promised: 'at least once' }, rows)).toEqual([]);
    expect(broken({ promised: 'record id' }, rows)).toEqual(['twice']);
  });
});

describe('records of one key', () => {
  it('leave what the last of them says, those that are errant left out', () => {
    const records = [record(0), record(1, 'refused')];
    const errant = new Map([['0@1', 'X']]);
    expect(broken(keyed, inOrg(1))).toEqual([]);
    expect(broken(keyed, inOrg(0))).toEqual(['wrong value']);
    expect(broken({ ...keyed, records }, { ...inOrg(0), errant })).toEqual([]);
    expect(broken({ ...keyed, records }, { ...inOrg(1), errant })).toEqual(['wrong value']);
    expect(broken(keyed, { rows: [] })).toEqual(['lost']);
  });

  it('may be written and errant without a ledger', () => {
    const records = [record(0), record(1, 'refused')];
    const given = { ...keyed, records, promised: 'at least once' } as const;
    const errant = new Map([['0@1', 'X']]);
    expect(broken(given, { ...inOrg(0), errant })).toEqual([]);
    expect(broken(given, { ...inOrg(1), errant })).toEqual([]);
    expect(broken(given, inOrg(0))).toEqual(['wrong value']);
  });
});
