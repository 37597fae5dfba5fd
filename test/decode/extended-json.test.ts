import { describe, expect, it } from 'vitest';
import { Decimal, type FieldValue, Timestamp } from '../../src/decode/decoded-record.ts';
import { fromExtendedJson, parseExtendedJson } from '../../src/decode/extended-json.ts';

describe("MongoDB's extended JSON", () => {
  it.each<[FieldValue, FieldValue]>([
    [{ $oid: '596e275826f08b2730779e1f' }, '596e275826f08b2730779e1f'],
    [{ $date: 1_700_000_000_000 }, new Timestamp(1_700_000_000_000)],
    [{ $date: { $numberLong: '1700000000000' } }, new Timestamp(1_700_000_000_000)],
    [{ $date: '2026-02-28T13:45:00Z' }, new Timestamp(1_772_286_300_000)],
    [{ $date: '2026-02-28T13:45:00.120+0100' }, new Timestamp(1_772_282_700_120)],
    [{ $numberInt: '7' }, 7],
    [{ $numberLong: '1004' }, 1004],
    [{ $numberLong: '9007199254740993' }, new Decimal('9007199254740993')],
    [{ $numberDecimal: '12.50' }, 12.5],
    [{ $numberDecimal: '1234567890123456.50' }, new Decimal('1234567890123456.50')],
    [{ $numberDouble: '0.5' }, 0.5],
    [{ a: { b: [{ $numberInt: '1' }] } }, { a: { b: [1] } }],
  ])('%j is as expected', (given, value) => {
    expect(fromExtendedJson(given)).toEqual(value);
  });

  it.each<FieldValue>([
    { $binary: 'AA==', more: { $type: '00' }, $type: '00' },
    { $binary: 'no base64', $type: '00' },
    { $binary: { base64: 7, subType: '00' } },
    { $numberDecimal: 'NAN' },
    { $numberInt: '007' },
    { $oid: 7 },
    { $date: null },
    { $date: 1.5 },
    { $timestamp: { i: 1 } },
    { $oid: 'a', more: 1 },
  ])('%j stays an object', (given) => {
    expect(fromExtendedJson(given)).toEqual(given);
  });

  it('that is nested too deeply to be written stays as it is', () => {
    let deep: FieldValue = { $numberInt: '1' };
    for (let level = 0; level < 10_000; level++) deep = [deep];
    expect(() => fromExtendedJson(deep)).not.toThrow();
  });

  it('is parsed with the doubles that JSON lacks, which texts may contain too', () => {
    const text = '{"NaN":NaN,"a":[-Infinity,Infinity],"b":"NaN, \\"Infinity","c":"\\\\"}';
    expect(parseExtendedJson(text)).toEqual({
      ...{ NaN: Number.NaN, a: [-1 / 0, 1 / 0], b: 'NaN, "Infinity', c: '\\' },
    });
    expect(() => parseExtendedJson('{"a":NaNs}')).toThrow(/^JSON_INVALID/);
  });

  it('has a date that is none as an invalid value', () => {
    expect(fromExtendedJson({ $date: 'today' })).toMatchObject({ code: 'DATE_INVALID' });
  });
});
