import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOf } from '../../../src/csv/cell.ts';
import { Decimal, type Scalar } from '../../../src/decode/decoded-record.ts';
import { dateOfText, timeOfText, timestampOfText } from '../../../src/decode/logical/iso.ts';
import {
  dateOf,
  type TimeUnit,
  timeOf,
  timestampOf,
  type WholeNumber,
} from '../../../src/decode/logical/time.ts';

/** A value in a field that is not described. */
const textOf = (value: Scalar) => cellOf(value, 'Value', { nullValues: 'empty', format: 'plain' });

const timestampText = (count: WholeNumber, unit: TimeUnit) => textOf(timestampOf(count, unit));
const dateText = (days: WholeNumber) => textOf(dateOf(days));
const timeText = (count: WholeNumber, unit: TimeUnit) => textOf(timeOf(count, unit));

const first = Date.UTC(1700, 0, 1);
const last = Date.UTC(4001, 0, 1) - 1;
const timestamps = fc.date({ min: new Date(first), max: new Date(last), noInvalidDate: true });

describe('a count of time', () => {
  it('is truncated to its millisecond, whatever its unit, over the whole range', () => {
    const micros = fc.integer({ min: 0, max: 999 });
    const nanos = fc.integer({ min: 0, max: 999 });
    fc.assert(
      fc.property(timestamps, micros, nanos, (date, micro, nano) => {
        const inMicros = BigInt(date.getTime()) * 1000n + BigInt(micro);
        const inNanos = inMicros * 1000n + BigInt(nano);
        const expected = date.toISOString();
        expect(timestampText(date.getTime(), 'millis')).toBe(expected);
        expect(timestampText(new Decimal(String(inMicros)), 'micros')).toBe(expected);
        expect(timestampText(new Decimal(String(inNanos)), 'nanos')).toBe(expected);
        if (Number.isSafeInteger(Number(inMicros))) {
          expect(timestampText(Number(inMicros), 'micros')).toBe(expected);
        }
      }),
      {
        examples: [
          [new Date(first), 0, 0],
          [new Date(last), 999, 999],
        ],
      },
    );
  });

  it('is the date of every day', () => {
    fc.assert(
      fc.property(timestamps, (date) => {
        const days = Math.floor(date.getTime() / 86_400_000);
        expect(dateText(days)).toBe(date.toISOString().slice(0, 10));
      }),
    );
  });

  it.each([
    ['a date before 1700', () => dateText(-98_616)],
    ['a date after 4000', () => dateText(741_827)],
    ['a date beyond what a date can be', () => dateText(new Decimal('9223372036854775807'))],
    ['a timestamp before 1700', () => timestampText(first - 1, 'millis')],
    ['a timestamp after 4000', () => timestampText(last + 1, 'millis')],
    ['the greatest long', () => timestampText(new Decimal('9223372036854775807'), 'millis')],
    ['a time of a negative count', () => timeText(-1, 'millis')],
    ['a time of the next day', () => timeText(86_400_000, 'millis')],
  ])('that is %s is errant', (_name, write) => {
    expect(write).toThrow(/^DATE_OUT_OF_RANGE: /);
  });
});

describe('a time as text', () => {
  it.each([
    ['2026-02-28T13:45:00Z', '2026-02-28T13:45:00.000Z'],
    ['2026-02-28T13:45Z', '2026-02-28T13:45:00.000Z'],
    ['2026-02-28T13:45:00.1Z', '2026-02-28T13:45:00.100Z'],
    ['2026-02-28T23:30:00.123456789-02:00', '2026-03-01T01:30:00.123Z'],
    ['2026-03-01T00:30:00+0530', '2026-02-28T19:00:00.000Z'],
    ['2026-03-01T00:30:00+02', '2026-02-28T22:30:00.000Z'],
    ['2026-03-01T00:00:00+18:00', '2026-02-28T06:00:00.000Z'],
    ['2026-03-01T00:00:00-00:00', '2026-03-01T00:00:00.000Z'],
    ['1930-03-01T00:00:00+00:19:32', '1930-02-28T23:40:28.000Z'],
  ])('%s is the timestamp %s', (text, timestamp) => {
    expect(textOf(timestampOfText(text))).toBe(timestamp);
  });

  it.each([
    ['13:45:00Z', '13:45:00.000Z'],
    ['23:30:00-02:00', '01:30:00.000Z'],
    ['00:30+02:00', '22:30:00.000Z'],
  ])('%s is the time of day %s', (text, time) => {
    expect(textOf(timeOfText(text))).toBe(time);
  });

  it.each([
    ['2026-02-28', '2026-02-28'],
    ['2026-02-28Z', '2026-02-28'],
    ['2024-02-29+01:00', '2024-02-29'],
  ])('%s is the date %s', (text, date) => {
    expect(textOf(dateOfText(text))).toBe(date);
  });

  it.each([
    ['infinity', timestampOfText],
    ['-infinity', timestampOfText],
    ['infinity', dateOfText],
  ])('%s is errant as out of range', (text, read) => {
    expect(() => read(text)).toThrow(/^DATE_OUT_OF_RANGE: it is infinite/);
  });

  it.each([
    ['+10000-01-01T00:00:00Z', timestampOfText],
    ['+294276-12-31T23:59:59.999999Z', timestampOfText],
    ['-4713-11-24T00:00:00Z', timestampOfText],
    ['+10000-01-01', dateOfText],
    ['-0043-03-15Z', dateOfText],
  ])('%s, of a year beyond four digits, is errant as out of range', (text, read) => {
    expect(() => textOf(read(text))).toThrow(
      /^DATE_OUT_OF_RANGE: .* outside the years 1700 to 4000/,
    );
  });

  it.each([
    ['2026-02-30T00:00:00Z', timestampOfText],
    ['2026-02-28T24:00:00Z', timestampOfText],
    ['2026-02-28T13:45:00', timestampOfText],
    ['2026-02-28', timestampOfText],
    ['2026-02-28T13:45:00+99:99', timestampOfText],
    ['2026-02-28T13:45:00+02:60', timestampOfText],
    ['2026-02-28T13:45:00-18:01', timestampOfText],
    ['+10000-02-30T00:00:00Z', timestampOfText],
    ['-10000-02-30T00:00:00Z', timestampOfText],
    ['+2026-02-28T00:00:00Z', timestampOfText],
    ['+10000-13-01', dateOfText],
    ['2026-02-28+99:99', dateOfText],
    ['13:45:00+99:99', timeOfText],
    ['next Tuesday', timestampOfText],
    ['', timestampOfText],
    ['13:45:00', timeOfText],
    ['13:60:00Z', timeOfText],
    ['2026-13-01', dateOfText],
    ['', dateOfText],
  ])('%j is errant, without quoting it', (text, read) => {
    expect(() => read(text)).toThrow(/^DATE_INVALID: /);
    if (text !== '') expect(() => read(text)).not.toThrow(text);
  });
});
