import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { NullValues } from '../../src/csv/cell.ts';
import { documentOf } from '../../src/csv/document.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { buildRows } from '../../src/rows/build-rows.ts';
import { keyReader } from '../../src/rows/key.ts';
import { groupByKey, type Mergeable, mergeRows } from '../../src/rows/merge.ts';
import type { Row } from '../../src/rows/row.ts';
import { recordsOf } from '../support/values.ts';

const grouped = (values: readonly Fields[], nullValues: NullValues) => {
  const source = recordsOf(values.map(() => '{}')).map((record, at) => ({
    record,
    fields: values[at] ?? {},
  }));
  const { rows, columns } = buildRows(source, {
    ...{ nullValues, recordIdField: null, unknownFields: 'errant' },
  });
  const keyOf = keyReader(columns, { field: 'K', comparison: 'text', caseSensitive: false });
  const groups = groupByKey(rows, keyOf, columns);
  const mergedRows = groups.map(([run]) => mergeRows(run as Mergeable, columns));
  const cellsOf = (some: readonly Row[]) =>
    parse(documentOf(some, columns).text, { columns: true }) as Record<string, string>[];
  return { rows, groups, mergedRows, cellsOf };
};

/** The non-empty cells of the first merged row of each key. */
const sent = (values: readonly Fields[], nullValues: NullValues = 'clear') => {
  const { mergedRows, cellsOf } = grouped(values, nullValues);
  return cellsOf(mergedRows).map((cells) =>
    Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== '')),
  );
};

const offsets = (rows: readonly Row[]) =>
  rows.map(({ records }) => records.map(({ offset }) => offset));

/** The records of each run of a group. */
const runs = (group: readonly Mergeable[]) => group.map((run) => offsets(run).flat());

describe('records of one key', () => {
  it('become one row: later values replace earlier ones, absent fields are kept', () => {
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

  it('keep an earlier value when a later null is an empty cell, and clear it when it is #N/A', () => {
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
    [{ Club__pc: 'a0' }, { Club__pr: { Ext__c: 'B' } }, { 'Club__pr.Ext__c': 'B' }],
    [{ Club__pr: { Ext__c: 'B' } }, { Club__pc: null }, { Club__pc: '#N/A' }],
    [{ OwnerId: '005' }, { 'User:Owner.Email': 'a@b.c' }, { 'User:Owner.Email': 'a@b.c' }],
    [{ 'User:Owner.Email': 'a' }, { 'Group:Owner.Name': 'b' }, { 'Group:Owner.Name': 'b' }],
  ])('set a lookup through the last column only: %j, %j', (one: Fields, other: Fields, lookup) => {
    expect(
      sent([
        { K: 'a', ...one },
        { K: 'a', ...other },
      ]),
    ).toEqual([{ K: 'a', ...lookup }]);
  });

  it('share their row, in the order of their records', () => {
    const { rows, mergedRows } = grouped([{ K: 'a' }, { K: 'b' }, { K: 'A' }], 'clear');
    expect(offsets(mergedRows)).toEqual([[0, 2], [1]]);
    expect(mergedRows[0]?.parts).toEqual([rows[0], rows[2]]);
  });

  it('are the row itself when there is only one', () => {
    const { rows, mergedRows } = grouped([{ K: 'a' }, { K: 'b' }], 'clear');
    expect(mergedRows[0]).toBe(rows[0]);
    expect(mergedRows.map(({ parts }) => parts)).toEqual([[], []]);
  });

  it('are one run of a group, and no group has two keys', () => {
    const { groups } = grouped([{ K: 'a' }, { K: 'b' }, { K: 'a' }, { K: 'a' }], 'clear');
    expect(groups.map(runs)).toEqual([[[0, 2, 3]], [[1]]]);
  });

  it('are split by one that sets a lookup through two columns, which Salesforce rejects', () => {
    const twice = { K: 'a', Account: { Ext__c: 'A' }, AccountId: '001' };
    const { groups } = grouped([{ K: 'a', X: '1' }, twice, { K: 'a', X: '2' }], 'clear');
    expect(groups.map(runs)).toEqual([[[0], [1], [2]]]);
  });

  it('are split where two in a row set a lookup through two columns', () => {
    const twice = { K: 'a', Account: { Ext__c: 'A' }, AccountId: '001' };
    const { groups } = grouped([twice, twice], 'clear');
    expect(groups.map(runs)).toEqual([[[0], [1]]]);
  });

  it('keep a column that is empty in all of them', () => {
    const values = [
      { K: 'a', X: null },
      { K: 'a', X: null },
    ];
    expect(grouped(values, 'empty').mergedRows[0]?.cells).toEqual(['a', '']);
  });

  it('are not split by one of whose two columns for a lookup only one is set', () => {
    const once = { K: 'a', Account: { Ext__c: 'A' }, AccountId: null };
    const { groups } = grouped([{ K: 'a', X: '1' }, once, { K: 'a', X: '2' }], 'empty');
    expect(groups.map(runs)).toEqual([[[0, 1, 2]]]);
  });

  it('with perhaps equal keys are a group of runs, in the order of their records', () => {
    const { groups } = grouped([{ K: 'a' }, { K: ' a' }, { K: 'a' }, { K: 'b' }], 'clear');
    expect(groups.map(runs)).toEqual([[[0], [1], [2]], [[3]]]);
  });

  it('with perhaps equal keys are as few runs as their order allows', () => {
    const { groups } = grouped([{ K: 'a' }, { K: 'A' }, { K: ' a' }, { K: ' A' }], 'clear');
    expect(groups.map(runs)).toEqual([
      [
        [0, 1],
        [2, 3],
      ],
    ]);
  });

  it('without a key are separate groups', () => {
    const { groups } = grouped([{ X: '1' }, { X: '1' }], 'clear');
    expect(groups.map(runs)).toEqual([[[0]], [[1]]]);
  });
});
