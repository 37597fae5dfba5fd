import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { NullValues } from '../../src/csv/cell.ts';
import { documentOf } from '../../src/csv/document.ts';
import type { Draft } from '../../src/csv/draft.ts';
import { draftsOf } from '../../src/csv/drafts.ts';
import { keysIn } from '../../src/csv/key.ts';
import { apart, nextRows } from '../../src/csv/merge.ts';
import type { Fields } from '../../src/decode/row.ts';
import { recordsOf } from '../given/values.ts';

const given = (values: readonly Fields[], nullValues: NullValues) => {
  const rows = recordsOf(values.map(() => '{}')).map((record, at) => ({
    record,
    fields: values[at] ?? {},
  }));
  const { drafts, columns } = draftsOf(rows, {
    ...{ nullValues, recordIdField: null, unknownFields: 'errant' },
  });
  const keyOf = keysIn(columns, { field: 'K', caseSensitive: false });
  const next = (some: readonly Draft[]) => nextRows(some, keyOf, columns);
  const cellsOf = (rows_: readonly Draft[]) =>
    parse(documentOf(rows_, columns).text, { columns: true }) as Record<string, string>[];
  return { drafts, next, cellsOf };
};

/** What the rows of the first job hold, without empty cells. */
const sent = (values: readonly Fields[], nullValues: NullValues = 'clear') => {
  const { drafts, next, cellsOf } = given(values, nullValues);
  return cellsOf(next(drafts).rows).map((cells) =>
    Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== '')),
  );
};

const offsets = (drafts: readonly Draft[]) =>
  drafts.map(({ records }) => records.map(({ offset }) => offset));

describe('records of one key', () => {
  it('become one row: later values over earlier ones, absent fields kept', () => {
    expect(
      sent([
        { K: 'a', X: '1', Y: '1' },
        { K: 'b', X: '5' },
        { K: 'a', X: '2', Z: '3' },
      ]),
    ).toEqual([
      { K: 'a', X: '2', Y: '1', Z: '3' },
      { K: 'b', X: '5' },
    ]);
  });

  it('keep an earlier value under a null that is an empty cell, and clear it under #N/A', () => {
    const values = [
      { K: 'a', X: '1' },
      { K: 'a', X: null },
    ];
    expect(sent(values, 'empty')).toEqual([{ K: 'a', X: '1' }]);
    expect(sent(values, 'clear')).toEqual([{ K: 'a', X: '#N/A' }]);
    expect(
      sent([
        { K: 'a', X: null },
        { K: 'a', X: '1' },
      ]),
    ).toEqual([{ K: 'a', X: '1' }]);
  });

  it.each([
    [{ Account: { Ext__c: 'A' } }, { AccountId: '001' }, { AccountId: '001' }],
    [{ AccountId: '001' }, { Account: { Ext__c: 'A' } }, { 'Account.Ext__c': 'A' }],
    [{ Account: { Ext__c: 'A' } }, { AccountId: null }, { AccountId: '#N/A' }],
    [{ P__c: 'a0' }, { P__r: { Ext__c: 'B' } }, { 'P__r.Ext__c': 'B' }],
    [{ OwnerId: '005' }, { 'User:Owner.Email': 'a@b.c' }, { 'User:Owner.Email': 'a@b.c' }],
    [{ 'User:Owner.Email': 'a' }, { 'Group:Owner.Name': 'b' }, { 'Group:Owner.Name': 'b' }],
  ])('set a lookup in the last way only: %j, %j', (one: Fields, other: Fields, lookup) => {
    expect(
      sent([
        { K: 'a', ...one },
        { K: 'a', ...other },
      ]),
    ).toEqual([{ K: 'a', ...lookup }]);
  });

  it('share their row, and stand in the order of their records', () => {
    const { drafts, next } = given([{ K: 'a' }, { K: 'b' }, { K: 'A' }], 'clear');
    const { rows, later } = next(drafts);
    expect([offsets(rows), later]).toEqual([[[0, 2], [1]], []]);
    expect(rows[0]?.parts).toEqual([drafts[0], drafts[2]]);
  });

  it('wait for one that sets a lookup in two ways, which Salesforce is to refuse', () => {
    const twice = { K: 'a', Account: { Ext__c: 'A' }, AccountId: '001' };
    const { drafts, next } = given([{ K: 'a', X: '1' }, twice, { K: 'a', X: '2' }], 'clear');
    const first = next(drafts);
    const second = next(first.later);
    const third = next(second.later);
    expect([first, second, third].map(({ rows }) => offsets(rows))).toEqual([[[0]], [[1]], [[2]]]);
  });

  it('whose key is perhaps another go one after the other', () => {
    const { drafts, next } = given([{ K: 'a' }, { K: ' a' }, { K: 'a' }, { K: 'b' }], 'clear');
    const { rows, later } = next(drafts);
    expect([offsets(rows), offsets(later)]).toEqual([
      [[0], [3]],
      [[1], [2]],
    ]);
  });

  it('without a key are rows of their own', () => {
    const { drafts, next } = given([{ X: '1' }, { X: '1' }], 'clear');
    expect(offsets(next(drafts).rows)).toEqual([[0], [1]]);
  });
});

describe('a merged row that is taken apart', () => {
  const values = Array.from({ length: 5 }, (_, at) => ({ K: 'a', X: String(at) }));

  it('goes on in halves, the first before the second, down to single records', () => {
    const { drafts, next } = given(values, 'clear');
    const sends: number[][] = [];
    let todo: readonly Draft[] = drafts;
    while (todo.length > 0) {
      const { rows, later } = next(todo);
      sends.push(...offsets(rows));
      // As if record 3 were the bad one.
      const isBad = (row: Draft) => row.records.some(({ offset }) => offset === 3);
      const again = rows.filter((row) => isBad(row) && row.parts.length > 0).flatMap(apart);
      todo = [...again, ...later];
    }
    expect(sends).toEqual([[0, 1, 2, 3, 4], [0, 1, 2], [3, 4], [3], [4]]);
  });

  it('does not take up records that came meanwhile', () => {
    const { drafts, next } = given(values, 'clear');
    const [row] = next(drafts.slice(0, 2)).rows;
    const halves = row === undefined ? [] : apart(row);
    expect(offsets(next([...halves, ...drafts.slice(2)]).rows)).toEqual([[0]]);
  });
});
