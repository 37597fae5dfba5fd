import { expect, test } from 'vitest';
import { kafkaEvent } from '../../../local/event-source-mapping/event.ts';
import { sampleOrigin, sampleRecord } from './records.ts';

test('an event groups its records by topic and partition, in the order they were read', () => {
  const event = kafkaEvent(sampleOrigin, [
    sampleRecord({ partition: 1, offset: 7 }),
    sampleRecord({ topic: 'a-1', partition: 0, offset: 3 }),
    sampleRecord({ partition: 1, offset: 9 }),
  ]);

  expect(Object.keys(event)).toEqual([
    'eventSource',
    'eventSourceArn',
    'bootstrapServers',
    'records',
  ]);
  expect(event.records).toMatchObject({
    'contacts-1': [
      { topic: 'contacts', partition: 1, offset: 7 },
      { topic: 'contacts', partition: 1, offset: 9 },
    ],
    'a-1-0': [{ topic: 'a-1', partition: 0, offset: 3 }],
  });
});

test('a record reads as Lambda writes it: base64 key and value, header bytes signed', () => {
  const record = sampleRecord({
    offset: 15,
    timestampType: 'LOG_APPEND_TIME',
    key: Buffer.from('k'),
    value: Buffer.from('{"n":1}'),
    headers: [
      ['source', Buffer.from('ë')],
      ['source', Buffer.from([0, 127, 128, 255])],
    ],
  });

  expect(kafkaEvent(sampleOrigin, [record]).records['contacts-0']).toStrictEqual([
    {
      topic: 'contacts',
      partition: 0,
      offset: 15,
      timestamp: 1_700_000_000_000,
      timestampType: 'LOG_APPEND_TIME',
      key: 'aw==',
      value: 'eyJuIjoxfQ==',
      headers: [{ source: [-61, -85] }, { source: [0, 127, -128, -1] }],
    },
  ]);
});

test('a header without a value has no name in an event either', () => {
  const headers = [
    ['gone', null],
    ['empty', Buffer.alloc(0)],
  ] as const;
  const event = kafkaEvent(sampleOrigin, [sampleRecord({ headers })]);
  expect(event.records['contacts-0']?.[0]?.headers).toStrictEqual([{}, { empty: [] }]);
});

test('a missing key and a tombstone are absent from the event; empty ones are empty text', () => {
  const event = kafkaEvent(sampleOrigin, [
    sampleRecord({ key: null, value: null }),
    sampleRecord({ offset: 1, key: Buffer.alloc(0), value: Buffer.alloc(0) }),
  ]);

  const [tombstone, empty] = event.records['contacts-0']!;
  expect(tombstone).not.toHaveProperty('key');
  expect(tombstone).not.toHaveProperty('value');
  expect(empty).toMatchObject({ key: '', value: '' });
});

test('a self-managed cluster has no ARN in its events', () => {
  const event = kafkaEvent({ eventSource: 'SelfManagedKafka', bootstrapServers: 'b:9092' }, []);

  expect(event).toStrictEqual({
    eventSource: 'SelfManagedKafka',
    bootstrapServers: 'b:9092',
    records: {},
  });
});
