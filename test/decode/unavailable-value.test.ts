import { describe, expect, it } from 'vitest';
import { CalendarDate, type FieldValue } from '../../src/decode/decoded-record.ts';
import { unavailableTest } from '../../src/decode/unavailable-value.ts';

const placeholder = '__debezium_unavailable_value';
const bytes = [...Buffer.from(placeholder)];
const isUnavailable = unavailableTest(placeholder);

describe('the placeholder', () => {
  it.each<[string, FieldValue]>([
    ['text', placeholder],
    ['base64', Buffer.from(placeholder).toString('base64')],
    ['hexadecimal digits', Buffer.from(placeholder).toString('hex')],
    ['a UUID', 'b68a35a7-17ad-35b3-af2a-ae46edb4545a'],
    ['an hstore as a map', { [placeholder]: placeholder }],
    ['an hstore as JSON', JSON.stringify({ [placeholder]: placeholder })],
    ['the only item of an array', [placeholder]],
    ['a map as the only item of an array', [{ [placeholder]: placeholder }]],
    ['an array of bytes', bytes],
    ['an array of dates', bytes.map((byte) => new CalendarDate(byte))],
  ])('is recognized as %s', (_form, value) => {
    expect(isUnavailable(value)).toBe(true);
  });

  it.each<[string, FieldValue]>([
    ['null', null],
    ['a text that contains it', `${placeholder} `],
    ['a map with another entry', { [placeholder]: placeholder, a: 'b' }],
    ['a map with another value', { [placeholder]: 'x' }],
    ['a map with an inherited key', Object.create({ [placeholder]: placeholder })],
    ['an array with another item', [placeholder, 'x']],
    ['an array with another item before it', ['x', placeholder]],
    ['an empty array', []],
    ['an array of fewer bytes', bytes.slice(0, -1)],
    ['an array of more bytes', [...bytes, 0]],
    ['an array of other bytes', bytes.map((byte) => byte + 1)],
  ])('is not %s', (_form, value) => {
    expect(isUnavailable(value)).toBe(false);
  });

  it('may be bytes, as hex: and their digits', () => {
    const isBytes = unavailableTest('hex:00ff');
    expect(isBytes('AP8=')).toBe(true);
    expect(isBytes([0, 255])).toBe(true);
    expect(isBytes('hex:00ff')).toBe(false);
  });

  it('is nothing when it is not configured', () => {
    const isNothing = unavailableTest('');
    expect(['', [], {}, null].map(isNothing)).toEqual([false, false, false, false]);
  });
});
