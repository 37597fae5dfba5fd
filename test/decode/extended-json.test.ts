import { describe, expect, it } from 'vitest';
import { Decimal, type FieldValue, Timestamp } from '../../src/decode/decoded-record.ts';
import { fromExtendedJson } from '../../src/decode/extended-json.ts';

describe("MongoDB's extended JSON", () => {
  it.each<[FieldValue, FieldValue]>([
    [{ $oid: '596e275826f08b2730779e1f' }, '596e275826f08b2730779e1f'],
    [{ $date: 1_700_000_000_000 }, new Timestamp(1_700_000_000_000)],
    [{ $date: { $numberLong: '1700000000000' } }, new Timestamp(1_700_000_000_000)],
    [{ $date: '2026-02-28T13:45:00Z' }, '2026-02-28T13:45:00Z'],
    [{ $numberInt: '7' }, 7],
    [{ $numberLong: '1004' }, 1004],
    [{ $numberLong: '9007199254740993' }, new Decimal('9007199254740993')],
    [{ $numberDecimal: '12.50' }, new Decimal('12.50')],
    [{ $numberDouble: '0.5' }, 0.5],
    [{ a: { b: [{ $numberInt: '1' }] } }, { a: { b: [1] } }],
  ])('%j is as expected', (given, value) => {
    expect(fromExtendedJson(given)).toEqual(value);
  });

  it.each<FieldValue>([
    { $binary: 'AA==', $type: '00' },
    { $numberDouble: 'Infinity' },
    { $numberDecimal: 'NaN' },
    { $oid: 7 },
    { $date: null },
    { $oid: 'a', more: 1 },
  ])('%j stays an object', (given) => {
    expect(fromExtendedJson(given)).toEqual(given);
  });

  it('that is nested too deeply to be written stays as it is', () => {
    let deep: FieldValue = { $numberInt: '1' };
    for (let level = 0; level < 10_000; level++) deep = [deep];
    expect(() => fromExtendedJson(deep)).not.toThrow();
  });
});
