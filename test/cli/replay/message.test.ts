import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../cli/replay/message.ts';
import { errantMessage, unmatchedMessage } from '../../../src/errant/message.ts';
import type { EventRecord } from '../../../src/kafka/event.ts';
import { readEvent } from '../../../src/kafka/records.ts';
import { eventOf } from '../../support/event.ts';

const origin = { sink: 'sink', object: 'Contact', operation: 'insert', cluster: 'arn:aws:kafka:x' };
const wide = { origin, maxBytes: 1_000_000 };

const base64 = fc
  .uint8Array({ maxLength: 40 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));
const signed = fc.array(fc.integer({ min: -128, max: 127 }), { maxLength: 10 });
const record: fc.Arbitrary<EventRecord> = fc.record(
  {
    topic: fc.string({ minLength: 1 }),
    partition: fc.nat(),
    offset: fc.nat(Number.MAX_SAFE_INTEGER),
    timestamp: fc.integer(),
    timestampType: fc.constantFrom('CREATE_TIME', 'LOG_APPEND_TIME'),
    key: fc.option(base64),
    value: fc.option(base64),
    headers: fc.array(fc.dictionary(fc.string(), signed, { minKeys: 1, maxKeys: 1 })),
  },
  { requiredKeys: ['topic', 'partition', 'offset', 'timestamp'] },
);

const errant = (source: EventRecord, errorCode: string | null = null) => ({
  ...({ record: source, stage: 'salesforce', code: 'ROW_REJECTED', reason: 'because' } as const),
  rejection: errorCode === null ? null : { jobId: '750a', errorCode, message: 'says Salesforce' },
});

/** What the sink makes of a record: bytes, where Lambda's event has base64. */
const read = (one: EventRecord) => {
  const { records, errants } = readEvent(eventOf([one]));
  return { records, errants };
};

describe('the message of an errant record', () => {
  it('becomes the record again, to the byte, whatever it held', () => {
    fc.assert(
      fc.property(record, (source) => {
        const reading = readMessage(errantMessage(errant(source), source, wide));
        if (!('waiting' in reading)) throw new Error(reading.unfit);
        expect(read(reading.waiting.record)).toEqual(read(source));
        expect(reading.waiting.record.timestampType).toBe(source.timestampType);
      }),
    );
  });

  it('becomes the record again with a header that has no bytes', () => {
    const source = { topic: 't', partition: 0, offset: 1, timestamp: 2, headers: [{ k: null }] };
    expect(readMessage(errantMessage(errant(source), source, wide))).toMatchObject({
      waiting: { record: { headers: [{ k: null }] } },
    });
  });

  it('that version 0.1 wrote becomes its record', () => {
    const file = 'test/cli/replay/fixtures/version-0.1-messages.json';
    const messages: Record<string, unknown>[] = JSON.parse(readFileSync(file, 'utf8'));
    const readings = messages.map((message) => readMessage(JSON.stringify(message)));
    const shared = { topic: 'contacts', partition: 3, headers: [{ trace: [1, -2, 3] }] };
    const key = (offset: number) => Buffer.from(`key-${offset}`).toString('base64');
    expect(readings).toMatchObject([
      { waiting: { record: { ...shared, offset: 3, key: key(3) }, codes: ['JSON_INVALID'] } },
      {
        waiting: {
          record: { ...shared, offset: 4, key: key(4) },
          codes: ['ROW_REJECTED', 'REQUIRED_FIELD_MISSING'],
        },
      },
    ]);
  });

  it('of a newer version stays in the queue, and is counted as such', () => {
    const source = { topic: 't', partition: 0, offset: 1, timestamp: 2 };
    const message = JSON.parse(errantMessage(errant(source), source, wide));
    const reading = readMessage(JSON.stringify({ ...message, format: 2 }));
    expect(reading).toEqual({ unfit: 'messages of a newer version' });
    expect(readMessage(JSON.stringify({ ...message, format: 1 }))).toHaveProperty('waiting');
  });

  it('says whose it is, and is found by either code', () => {
    const source = { topic: 't', partition: 0, offset: 1, timestamp: 2 };
    expect(readMessage(errantMessage(errant(source, 'BAD_EMAIL'), source, wide))).toMatchObject({
      waiting: { sink: 'sink', cluster: 'arn:aws:kafka:x', codes: ['ROW_REJECTED', 'BAD_EMAIL'] },
    });
  });

  it('that is incomplete is not replayed', () => {
    const source = { topic: 't', partition: 0, offset: 1, timestamp: 2, value: 'AAAA'.repeat(200) };
    const body = errantMessage(errant(source), source, { origin, maxBytes: 600 });
    expect(JSON.parse(body)).toMatchObject({ omitted: ['value'] });
    expect(readMessage(body)).toEqual({ unfit: expect.stringContaining('incomplete') });
  });
});

describe('a message of another kind', () => {
  it('that is a row without a record is recognized', () => {
    const error = { code: 'X', message: 'x', redactedMessage: 'x' };
    const unmatched = {
      jobId: '750a',
      header: ['LastName'],
      row: { columns: [0], cells: ['A'] },
      error,
    };
    const body = unmatchedMessage(unmatched, wide);
    expect(readMessage(body)).toEqual({ unfit: 'rows without a record' });
  });

  it('is no record, whatever it is', () => {
    const bodies = fc.oneof(fc.string(), fc.json(), fc.constant('{"kind":"errant-record"}'));
    fc.assert(fc.property(bodies, (body) => 'unfit' in readMessage(body)));
  });
});
