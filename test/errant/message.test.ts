import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errantMessage, unmatchedMessage } from '../../src/errant/message.ts';
import type { ErrantRecord } from '../../src/kafka/errant-record.ts';
import type { EventRecord } from '../../src/kafka/event.ts';
import { readEvent } from '../../src/kafka/records.ts';
import { eventOf, eventRecord } from '../support/event.ts';

const origin = { sink: 'contacts', object: 'Contact', operation: 'insert', cluster: 'demo' };
const form = { origin, maxBytes: 262_144 };

const source = eventRecord({
  ...{ offset: 42, value: '{"LastName":"Ann"}', key: Buffer.from('k-1').toString('base64') },
  headers: [{ trace: [-128, -1, 0, 127] }, { trace: [98] }],
});

const record = { topic: 'contacts', partition: 0, offset: 42, timestamp: 1_700_000_000_000 };

const errant: ErrantRecord = {
  ...{ record, stage: 'decode', code: 'JSON_INVALID', reason: 'no JSON', rejection: null },
};

const rejected: ErrantRecord = {
  ...{ record, stage: 'salesforce', code: 'ROW_REJECTED', reason: 'INVALID_FIELD: …' },
  rejection: { jobId: '750a', errorCode: 'INVALID_FIELD', message: "'31.12' is no date" },
};

const written = (...given: Parameters<typeof errantMessage>) => JSON.parse(errantMessage(...given));

describe("an errant record's message", () => {
  it("contains the record's coordinates, its content, and why it is errant", () => {
    expect(written(errant, source, form)).toEqual({
      ...{ kind: 'errant-record', ...origin, ...record, timestampType: 'CREATE_TIME' },
      ...{ stage: 'decode', code: 'JSON_INVALID', reason: 'no JSON' },
      key: Buffer.from('k-1').toString('base64'),
      headers: [
        ['trace', Buffer.from([128, 255, 0, 127]).toString('base64')],
        ['trace', Buffer.from('b').toString('base64')],
      ],
      value: Buffer.from('{"LastName":"Ann"}').toString('base64'),
    });
  });

  it("contains Salesforce's error for its row, and the job", () => {
    expect(written(rejected, source, form)).toMatchObject({
      ...{ jobId: '750a', errorCode: 'INVALID_FIELD', errorMessage: "'31.12' is no date" },
    });
  });

  it('has null for an absent key and value, and no headers', () => {
    const { value, key, headers, ...bare } = source;
    for (const given of [bare, { ...bare, key: null, value: null, headers: null }]) {
      expect(written(errant, given, form)).toMatchObject({ key: null, value: null, headers: [] });
    }
    expect(written(errant, { ...bare, key: '', value: '' }, form)).toMatchObject({
      ...{ key: '', value: '' },
    });
  });

  it.each([
    [
      [{ trace: null }, { b: [98] }],
      [
        ['trace', null],
        ['b', 'Yg=='],
      ],
    ],
    [[{ trace: 'YQ==' }], [['trace', null]]],
    [[{}], []],
    ['trace', []],
  ])('has null for the absent bytes of a header: %j', (headers, expected) => {
    const given = { ...source, headers } as EventRecord;
    expect(written(errant, given, form)).toMatchObject({ headers: expected });
  });

  it('has the value as in the event, even if it is not base64', () => {
    expect(written(errant, { ...source, value: '%%%' }, form)).toMatchObject({ value: '%%%' });
  });

  it.each([
    [['value'], { value: 9_000, key: 1, header: 1, message: 1 }],
    [['value', 'headers'], { value: 1, key: 1, header: 9_000, message: 1 }],
    [['value', 'headers', 'key'], { value: 9_000, key: 9_000, header: 1, message: 1 }],
    [['value', 'headers', 'key', 'errorMessage'], { value: 1, key: 1, header: 1, message: 9_000 }],
  ])('omits and lists %j when it would be too long', (omitted, lengths) => {
    const large = {
      ...source,
      ...{ value: 'v'.repeat(lengths.value), key: 'k'.repeat(lengths.key) },
      headers: [{ trace: Array<number>(lengths.header).fill(7) }],
    };
    const message = '€'.repeat(lengths.message / 3);
    const worded = { ...rejected, rejection: { ...rejected.rejection!, message } };
    const given = written(worded, large, { origin, maxBytes: 8_000 });
    expect(given['omitted']).toEqual(omitted);
    for (const name of omitted) expect(given).not.toHaveProperty(name);
    expect(given).toMatchObject({ ...record, code: 'ROW_REJECTED', jobId: '750a' });
  });

  it('is never longer than the limit, in bytes', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 3_000 });
    const maxBytes = fc.integer({ min: 2_048, max: 6_000 });
    fc.assert(
      fc.property(text, text, maxBytes, (value, message, most) => {
        const worded = { ...rejected, rejection: { ...rejected.rejection!, message } };
        const given = errantMessage(worded, { ...source, value }, { origin, maxBytes: most });
        expect(Buffer.byteLength(given)).toBeLessThanOrEqual(most);
        const whole = errantMessage(worded, { ...source, value }, form);
        if (Buffer.byteLength(whole) <= most) expect(given).toBe(whole);
      }),
    );
  });

  it('contains no character that SQS rejects, and parses to the same text', () => {
    const message = 'a\u0000b\uffffc\ufffed\ud800e\u001f';
    const worded = { ...rejected, rejection: { ...rejected.rejection!, message } };
    const text = errantMessage(worded, source, form);
    // Source: SQS API reference, SendMessage: #x9 | #xA | #xD | #x20-#xD7FF | #xE000-#xFFFD | …
    expect(text).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u);
    expect(JSON.parse(text)).toMatchObject({ errorMessage: message });
  });

  it('contains all that is needed to rebuild the record', () => {
    const { records } = readEvent(eventOf([source]));
    const given = written(errant, source, form) as Record<'key' | 'value', string> & {
      headers: [string, string][];
    };
    expect(records[0]).toMatchObject({
      key: Buffer.from(given.key, 'base64'),
      value: Buffer.from(given.value, 'base64'),
      headers: given.headers.map(([name, bytes]) => [name, Buffer.from(bytes, 'base64')]),
    });
  });
});

describe('the message of an unmatched row', () => {
  const error = {
    code: 'INVALID_FIELD',
    message: "'31.12' is no date",
    redactedMessage: 'INVALID_FIELD: …',
  };
  const result = {
    jobId: '750a',
    header: ['LastName', 'Phone'],
    row: { columns: [0], cells: ['Ann'] },
    error,
  };

  it('contains the row as Salesforce returned it, and its error', () => {
    expect(JSON.parse(unmatchedMessage(result, form))).toEqual({
      ...{ kind: 'unmatched-row', ...origin, jobId: '750a' },
      ...{ errorCode: 'INVALID_FIELD', errorMessage: "'31.12' is no date" },
      row: { LastName: 'Ann', Phone: '' },
    });
  });

  it("has each cell under its column's name, even if the row does not fill every column", () => {
    const row = { columns: [2, 0], cells: ['1', 'Ann'] };
    const header = ['LastName', 'Phone', 'Fax'];
    expect(JSON.parse(unmatchedMessage({ ...result, header, row }, form))).toMatchObject({
      row: { LastName: 'Ann', Phone: '', Fax: '1' },
    });
  });

  it('omits and lists the row when it would be too long', () => {
    const long = { ...result, row: { columns: [0], cells: ['x'.repeat(9_000)] } };
    const given = JSON.parse(unmatchedMessage(long, { origin, maxBytes: 2_048 }));
    expect(given).toMatchObject({ omitted: ['row'], errorMessage: "'31.12' is no date" });
    expect(given).not.toHaveProperty('row');
  });
});
