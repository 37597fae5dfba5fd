import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/csv/document.ts';
import { limits } from '../../src/csv/limits.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { type BuildSettings, buildRows } from '../../src/rows/build-rows.ts';
import { recordsOf } from '../support/values.ts';

const built = (values: readonly Fields[], unknownFields: BuildSettings['unknownFields']) => {
  const records = recordsOf(values.map(() => '{}')).map((record, index) => ({
    record,
    fields: values[index] ?? {},
  }));
  const settings = { nullValues: 'clear', recordIdField: null, unknownFields } as const;
  const { rows, errants, columns } = buildRows(records, settings);
  const names = rows.map((row) => row.columns.map((column) => columns.name(column)));
  return { names, codes: errants.map(({ code }) => code) };
};

describe('a row', () => {
  const longest = 'x'.repeat(limits.fieldCharacters);
  /** What is left of the limit for a fourth field, beside three commas. */
  const rest = limits.recordCharacters - 3 * limits.fieldCharacters - 3;
  const record = (length: number) => ({
    A: longest,
    B: longest,
    C: longest,
    D: 'x'.repeat(length),
  });

  it('may have exactly the maximum length, with a comma between columns', () => {
    expect(built([record(rest)], 'errant').codes).toEqual([]);
    expect(built([record(rest + 1)], 'errant').codes).toEqual(['RECORD_TOO_LONG']);
  });

  it('is measured in a batch of rows with the same columns too', () => {
    const short = { A: 'x', B: 'x', C: 'x', D: 'x' };
    const codes = (length: number) => built([short, short, record(length)], 'errant').codes;
    expect(codes(rest)).toEqual([]);
    expect(codes(rest + 1)).toEqual(['RECORD_TOO_LONG']);
  });
});

describe('a record id', () => {
  it('is in quotes if it needs them, also in rows with the columns of the row before', () => {
    const records = recordsOf(['{}', '{}']).map((record) => ({
      record: { ...record, topic: 'a,b' },
      fields: { Name: 'x' },
    }));
    const settings = {
      nullValues: 'clear',
      recordIdField: 'Id__c',
      unknownFields: 'send',
    } as const;
    const { rows, columns } = buildRows(records, settings);
    const [, ...lines] = documentOf(rows, columns).text.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^"a,b-[^"]+",x$/);
  });
});

describe('a null relationship', () => {
  const values = [
    { Name: 'A', Account: { Ext__c: 'X' } },
    { Name: 'B', Account: null },
  ];

  it('is omitted when the object is not described', () => {
    expect(built(values, 'send').names).toEqual([['Name', 'Account.Ext__c'], ['Name']]);
  });

  it.each(['Owner', 'User:Owner'])('of one of several types is omitted too: %s', (name) => {
    const owned = { Name: 'A', 'Group:Owner': { Name: 'X' } };
    const { names } = built([owned, { Name: 'B', [name]: null }], 'send');
    expect(names).toEqual([['Name', 'Group:Owner.Name'], ['Name']]);
  });

  it('is kept for the description of the object, which says what it clears', () => {
    expect(built(values, 'errant').names[1]).toEqual(['Name', 'Account']);
  });

  it('alone makes its record errant when the object is not described', () => {
    const { codes } = built([{ Account: null }, { Account: { Ext__c: 'X' } }], 'send');
    expect(codes).toEqual(['VALUE_WITHOUT_FIELDS']);
  });
});
