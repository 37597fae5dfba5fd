import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SinkError } from '../../src/errors.ts';
import { readEvent } from '../../src/kafka/records.ts';
import { eventOf, eventRecord } from '../support/event.ts';

const codeOf = (event: unknown): string => {
  try {
    readEvent(event);
  } catch (error) {
    return error instanceof SinkError ? error.code : String(error);
  }
  return 'none';
};

describe('readEvent', () => {
  it('decodes key and value', () => {
    const event = eventOf([eventRecord({ key: 'a2V5', value: 'text' })]);
    const [record] = readEvent(event).records;
    expect(record?.key?.toString()).toBe('key');
    expect(record?.value?.toString()).toBe('text');
  });

  it('converts signed header bytes, in order, with repeated names', () => {
    const headers = [{ who: [-61, -85] }, { who: [104] }];
    const [record] = readEvent(eventOf([eventRecord({ value: '', headers })])).records;
    expect(record?.headers.map(([name, value]) => [name, value?.toString()])).toEqual([
      ['who', 'ë'],
      ['who', 'h'],
    ]);
  });

  it.each([
    ['null', [{ trace: null }], [['trace', null]]],
    ['text', [{ trace: 'YQ==' }], [['trace', null]]],
    ['an object', [{ trace: {} }], [['trace', null]]],
    ['zero bytes', [{ trace: [] }], [['trace', Buffer.alloc(0)]]],
    [
      'an object without a name, as Lambda sends a null header',
      [{}, { b: [1] }],
      [['b', Buffer.of(1)]],
    ],
    ['values that are not objects', [null, 'trace', { b: [1] }], [['b', Buffer.of(1)]]],
    ['an object instead of a list', { trace: [1] }, []],
  ])('keeps a record whose header is %s', (_what, headers, read) => {
    const record = { ...eventRecord({ value: '{}' }), headers };
    const event = { ...eventOf([]), records: { 'contacts-0': [record] } };
    expect(readEvent(event).records[0]?.headers).toEqual(read);
  });

  it.each([
    ['absent', {}],
    ['null', { value: null, key: null, headers: null }],
  ])('reads an %s value as a tombstone', (_name, fields) => {
    const event = eventOf([{ ...eventRecord(), ...fields }]);
    expect(readEvent(event).records[0]).toMatchObject({ key: null, value: null, headers: [] });
  });

  it('has the same order whatever the order of the partitions in the event', () => {
    const records = [1, 0].flatMap((partition) =>
      [5, 7].map((offset) => eventRecord({ partition, offset, value: '{}' })),
    );
    const placesIn = (event: unknown) =>
      readEvent(event).records.map(({ partition, offset }) => [partition, offset]);
    const places = [0, 1].flatMap((partition) => [5, 7].map((offset) => [partition, offset]));
    expect(placesIn(eventOf(records))).toEqual(places);
    expect(placesIn(eventOf(records.toReversed().toSorted((a, b) => a.offset - b.offset)))).toEqual(
      places,
    );
  });

  it('has a record that the event repeats once, and keeps all others', () => {
    const record = (offset: number, timestamp = 7) =>
      eventRecord({ offset, timestamp, value: `{"n":${offset}}` });
    const repeated = [record(1), record(2), record(3), record(2), record(3), record(4)];
    const offsetsOf = (records: readonly ReturnType<typeof record>[]) =>
      readEvent(eventOf(records)).records.map(({ offset }) => offset);
    expect(offsetsOf(repeated)).toEqual([1, 2, 3, 4]);
    expect(offsetsOf([record(1), record(1)])).toEqual([1]);
    expect(offsetsOf([record(3), record(1), record(2)])).toEqual([3, 1, 2]);
    expect(offsetsOf([record(1, 7), record(1, 8)])).toEqual([1, 1]);
    const elsewhere = { ...record(1), partition: 1 };
    expect(offsetsOf([record(1), record(1), elsewhere])).toEqual([1, 1]);
    const otherTopic = { ...record(1), topic: 'other' };
    expect(offsetsOf([record(1), record(1), otherTopic])).toEqual([1, 1]);
  });

  it('distinguishes an empty value from a tombstone', () => {
    const [record] = readEvent(eventOf([eventRecord({ value: '' })])).records;
    expect(record?.value).toHaveLength(0);
  });

  it('takes topic and partition from the record, not from the key of the map', () => {
    const record = eventRecord({ topic: 'a-1-b', partition: 7, value: '{}' });
    const event = { eventSource: 'SelfManagedKafka', records: { 'x-99': [record] } };
    expect(readEvent(event).records[0]).toMatchObject({ topic: 'a-1-b', partition: 7 });
  });

  it.each([
    ['a character that is not base64', 'ab*d'],
    ['a length that is not a multiple of four', 'abcde'],
    ['padding in the middle', 'ab==cdef'],
    ['white space', 'abc\n'],
  ])('makes a record with %s in its value errant', (_name, value) => {
    const broken = { ...eventRecord({ offset: 4 }), value };
    const { records, errants } = readEvent(eventOf([broken, eventRecord({ value: '{}' })]));
    expect(records).toHaveLength(1);
    expect(errants).toMatchObject([
      { code: 'BASE64_INVALID', stage: 'kafka', record: { offset: 4 } },
    ]);
  });

  it('makes a record with an invalid key errant', () => {
    const { errants } = readEvent(eventOf([eventRecord({ key: '!', value: '{}' })]));
    expect(errants[0]?.reason).toBe('the key is not base64');
  });

  it('decodes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const value = Buffer.from(bytes).toString('base64');
        const { records } = readEvent(eventOf([{ ...eventRecord(), value }]));
        expect(records[0]?.value).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each([
    ['null', null],
    ['a string', 'event'],
    ['an array', []],
    ['an SQS event', { Records: [{ eventSource: 'aws:sqs', body: '{}' }] }],
    ['another event source', { eventSource: 'aws:kinesis', records: { 'a-0': [] } }],
    ['an event without records', { eventSource: 'aws:kafka' }],
    ['records that are an array', { eventSource: 'aws:kafka', records: [] }],
    ['a partition that is not an array', { eventSource: 'aws:kafka', records: { 'a-0': 'x' } }],
    ['a record that is not an object', { eventSource: 'aws:kafka', records: { 'a-0': [1] } }],
  ])('refuses %s', (_name, event) => {
    expect(codeOf(event)).toBe('EVENT_INVALID');
  });

  it.each([
    ['topic', { topic: '' }],
    ['partition number', { partition: -1 }],
    ['offset', { offset: 2 ** 53 }],
    ['offset', { offset: '7' }],
    ['timestamp', { timestamp: null }],
    ['value', { value: 7 }],
    ['key', { key: {} }],
  ])('refuses an event with a record with an invalid %s', (_name, fields) => {
    const event = {
      eventSource: 'aws:kafka',
      records: { 'a-0': [{ ...eventRecord(), ...fields }] },
    };
    expect(codeOf(event)).toBe('EVENT_INVALID');
  });

  it.each([[{}], [{ 'contacts-0': [] }]])('refuses an event without a record: %j', (records) => {
    expect(codeOf({ eventSource: 'aws:kafka', records })).toBe('EVENT_EMPTY');
  });
});
