import { readFileSync } from 'node:fs';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SinkError } from '../../src/errors.ts';
import { stages } from '../../src/kafka/errant-record.ts';
import { type Item, itemOf, type StoredState, stateOf } from '../../src/ledger/item.ts';
import { errantCodes } from '../../src/record-error.ts';

const now = 1_700_000_000_000;
const day = 24 * 3_600_000;

const known: StoredState = {
  ...{ topic: 'contacts', partition: 3, version: 7 },
  settled: [{ first: 0, last: 99, firstTime: now - 9, lastTime: now - 1, at: now - 1 }],
  jobs: [
    {
      id: '750a',
      rows: 10,
      records: 12,
      ranges: [
        [100, 104],
        [106, 106],
      ],
      firstTime: now,
      lastTime: now + 5,
      at: now - 2,
    },
  ],
  deleted: [{ ranges: [[107, 108]], firstTime: now, lastTime: now + 1, at: now - 2 }],
  durations: [
    { rows: 200, tookMs: 1500, at: now - 9 },
    { rows: 10, tookMs: 900, at: now - 2 },
  ],
  errants: [
    {
      ...{ stage: 'decode', code: 'JSON_INVALID', rejection: null, ranges: [[105, 105]] },
      ...{ firstTime: now + 1, lastTime: now + 1, at: now - 2 },
    },
    {
      ...{
        stage: 'salesforce',
        code: 'ROW_REJECTED',
        rejection: { jobId: '750a', errorCode: 'INVALID_FIELD' },
      },
      ...{ ranges: [[100, 101]], firstTime: now, lastTime: now + 1, at: now - 2 },
    },
  ],
};

const changed = (item: Item, name: string, value: AttributeValue): Item => ({
  ...item,
  [name]: value,
});

describe('an item', () => {
  it('holds the stored state in words that a person can read', () => {
    expect(itemOf('sink|3', known, now)).toEqual({
      id: { S: 'sink|3' },
      topic: { S: 'contacts' },
      partition: { N: '3' },
      version: { N: '7' },
      expiresAt: { N: String((now + 14 * day) / 1000) },
      settled: {
        L: [
          {
            M: {
              ...{ first: { N: '0' }, last: { N: '99' }, at: { N: String(now - 1) } },
              ...{ firstTime: { N: String(now - 9) }, lastTime: { N: String(now - 1) } },
            },
          },
        ],
      },
      jobs: {
        L: [
          {
            M: {
              ...{ id: { S: '750a' }, rows: { N: '10' }, records: { N: '12' } },
              offsets: { S: '100+4 2' },
              ...{ firstTime: { N: String(now) }, lastTime: { N: String(now + 5) } },
              at: { N: String(now - 2) },
            },
          },
        ],
      },
      errants: {
        L: [
          {
            M: {
              ...{ stage: { S: 'decode' }, code: { S: 'JSON_INVALID' }, offsets: { S: '105' } },
              ...{ firstTime: { N: String(now + 1) }, lastTime: { N: String(now + 1) } },
              at: { N: String(now - 2) },
            },
          },
          {
            M: {
              ...{
                stage: { S: 'salesforce' },
                code: { S: 'ROW_REJECTED' },
                offsets: { S: '100+1' },
              },
              job: { M: { id: { S: '750a' }, errorCode: { S: 'INVALID_FIELD' } } },
              ...{ firstTime: { N: String(now) }, lastTime: { N: String(now + 1) } },
              at: { N: String(now - 2) },
            },
          },
        ],
      },
      durations: { S: `200:1500:${now - 9} 10:900:${now - 2}` },
      deleted: {
        L: [
          {
            M: {
              offsets: { S: '107+1' },
              ...{ firstTime: { N: String(now) }, lastTime: { N: String(now + 1) } },
              at: { N: String(now - 2) },
            },
          },
        ],
      },
    });
  });

  it('of version 0.1 is read: it has no errant records, and its jobs no count of records', () => {
    const { errants: _errants, deleted: _deleted, ...item } = itemOf('id', known, now);
    const [job] = (item['jobs'] as { L: [{ M: Item }] }).L;
    const { records: _records, ...before } = job.M;
    expect(stateOf('id', { ...item, jobs: { L: [{ M: before }] } }, now)).toEqual({
      ...{ ...known, errants: [], deleted: [] },
      jobs: known.jobs.map((one) => ({ ...one, records: 0 })),
    });
  });

  it('that version 0.1 wrote is read with all that it holds', () => {
    const item: Item = JSON.parse(
      readFileSync('test/ledger/fixtures/version-0.1-item.json', 'utf8'),
    );
    const at = 1_795_853_388_583;
    expect(stateOf('id', item, at + 100)).toEqual({
      ...{ topic: 'contacts', partition: 3, version: 3, errants: [], deleted: [], durations: [] },
      settled: [{ first: 0, last: 5, firstTime: now, lastTime: now + 5, at }],
      jobs: [
        {
          ...{ id: '750Em08Dx0MlauFIER', rows: 6, records: 0, ranges: [[6, 11]] },
          ...{ firstTime: now + 6, lastTime: now + 11, at: at + 77 },
        },
      ],
    });
  });

  it('of a newer format is refused without advice to delete it', () => {
    const newer = changed(itemOf('id', known, now), 'format', { N: '2' });
    const read = () => stateOf('sink|contacts|3', newer, now);
    expect(read).toThrow(/^LEDGER_INVALID: .* format 2, of a newer version/);
    expect(read).not.toThrow(/[Dd]elete/);
  });

  it('of format 1 is read, as one that names none', () => {
    const item = changed(itemOf('id', known, now), 'format', { N: '1' });
    expect(stateOf('id', item, now)).toEqual(known);
  });

  it('that has expired and is still there is read as empty, but keeps its version', () => {
    const item = itemOf('id', known, now);
    expect(stateOf('id', item, now + 14 * day - 1).version).toBe(7);
    expect(stateOf('id', item, now + 14 * day)).toEqual({
      ...{ ...known, settled: [], jobs: [], errants: [], deleted: [], durations: [] },
    });
  });

  it('gives settled flushes for a day, jobs for a week, and errant records until it expires', () => {
    const { settled, jobs } = stateOf('id', itemOf('id', known, now), now + day);
    expect(settled).toEqual([]);
    expect(jobs).toEqual(known.jobs);
    const last = stateOf('id', itemOf('id', known, now), now + 14 * day - 1);
    expect([last.jobs, last.errants]).toEqual([[], known.errants]);
  });

  const whole = itemOf('id', known, now);
  const job = (offsets: AttributeValue): AttributeValue => ({
    L: [{ M: { ...(whole['jobs'] as { L: [{ M: Item }] }).L[0].M, offsets } }],
  });

  const errant = (changes: Item): AttributeValue => ({
    L: [{ M: { ...(whole['errants'] as { L: [{ M: Item }] }).L[0].M, ...changes } }],
  });

  it.each<readonly [string, Item]>([
    ['nothing in it', {}],
    ['no version', changed(whole, 'version', { NULL: true })],
    ['version 0', changed(whole, 'version', { N: '0' })],
    ['a number that no double holds', changed(whole, 'version', { N: '1e40' })],
    ['settled flushes of another form', changed(whole, 'settled', { S: 'all' })],
    ['offsets that are no offsets', changed(whole, 'jobs', job({ S: 'all' }))],
    ['offsets of another kind', changed(whole, 'jobs', job({ N: '7' }))],
    ['an errant record of no code', changed(whole, 'errants', errant({ code: { N: '7' } }))],
    ['an errant record of no stage', changed(whole, 'errants', errant({ stage: { S: 'x' } }))],
    [
      'an errant record without offsets',
      changed(whole, 'errants', errant({ offsets: { S: '?' } })),
    ],
    ['half a job', changed(whole, 'errants', errant({ job: { M: { id: { S: '750a' } } } }))],
  ])('with %s is refused, by its name', (_name, item) => {
    const read = () => stateOf('sink|contacts|3', item, now);
    expect(read).toThrow(SinkError);
    expect(read).toThrow(/^LEDGER_INVALID: The ledger item sink\|contacts\|3 does not/);
  });

  it('may hold more than this version of the function knows', () => {
    const more = changed(changed(whole, 'note', { S: 'x' }), 'big', { N: '1e40' });
    expect(stateOf('id', more, now)).toEqual(known);
  });
});

const offset = fc.nat(Number.MAX_SAFE_INTEGER);
const time = fc.integer({ min: -1, max: now });
const times = { firstTime: time, lastTime: time };
const ranges = fc
  .array(fc.tuple(fc.integer({ min: 2, max: 10 ** 9 }), fc.nat(10 ** 9)))
  .map((steps) => {
    let end = 0;
    return steps.map(([distance, more]) => {
      const first = end + distance;
      end = first + more;
      return [first, end] as const;
    });
  });

const rejection = fc.option(fc.record({ jobId: fc.string(), errorCode: fc.string() }));

it('reads as it was written, whatever it holds', () => {
  const state = fc.record({
    topic: fc.string({ minLength: 1 }),
    partition: fc.nat(),
    version: fc.integer({ min: 1 }),
    settled: fc.array(
      fc.record(
        { first: offset, last: offset, ranges, ...times, at: fc.constant(now) },
        { requiredKeys: ['first', 'last', 'firstTime', 'lastTime', 'at'] },
      ),
      { maxLength: 16 },
    ),
    jobs: fc.array(
      fc.record({
        ...{ id: fc.string({ minLength: 1 }), rows: fc.integer({ min: 1 }), records: fc.nat() },
        ...{ ranges, ...times },
        at: fc.constant(now),
      }),
    ),
    errants: fc.array(
      fc.record({
        ...{ stage: fc.constantFrom(...stages), code: fc.constantFrom(...errantCodes), rejection },
        ...{ ranges, ...times },
        at: fc.constant(now),
      }),
    ),
    deleted: fc.array(fc.record({ ranges, ...times, at: fc.constant(now) })),
    durations: fc.array(
      fc.record({ rows: fc.nat(100_000), tookMs: fc.nat(840_000), at: fc.constant(now) }),
    ),
  });
  fc.assert(
    fc.property(state, (given) => {
      expect(stateOf('id', itemOf('id', given, now), now)).toEqual(given);
    }),
  );
});

it('forgets a job that Salesforce no longer keeps', () => {
  const week = 7 * 24 * 3_600_000;
  const [job] = known.jobs;
  const old = { ...known, jobs: job === undefined ? [] : [{ ...job, at: now - week }, job] };
  expect(stateOf('id', itemOf('id', old, now), now).jobs).toEqual([job]);
});
