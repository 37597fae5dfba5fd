import { expect, test } from 'vitest';
import type { Flush, MappingEvent } from '../../../local/event-source-mapping/mapping-event.ts';
import type { PartitionLag } from '../../../local/kafka-consumer/kafka-source.ts';
import { errantLines, openStatus } from '../../../local/runner/status-lines.ts';
import { sampleRecord } from '../event-source-mapping/records.ts';

const flush = (fields: Partial<Flush> = {}): Flush => ({
  ...{ batch: 1, attempt: 1, records: 1500, bytes: 0 },
  ranges: [
    { topic: 'contacts', partition: 0, first: 0, last: 999, records: 1000 },
    { topic: 'contacts', partition: 1, first: 500, last: 999, records: 500 },
  ],
  ...fields,
});

const failed = (errorMessage: string, attempt = 1): MappingEvent => ({
  kind: 'flush-failed',
  flush: flush({ attempt }),
  outcome: { kind: 'threw', requestId: 'r', errorType: 'Error', errorMessage, trace: [] },
});

const lagOf = (...lags: (number | null)[]): PartitionLag[] =>
  lags.map((lag, partition) => ({ topic: 'contacts', partition, lag }));

/** The lines that a run shows for these events; the function takes 2.5 s. */
function shown(events: readonly MappingEvent[], lags: readonly PartitionLag[] = []): string[] {
  let now = 0;
  const status = openStatus({ now: () => now, lag: () => lags });
  return events.flatMap((event) => {
    if (event.kind === 'flush-returned') now += 2500;
    return status.lines(event).map(({ text }) => text);
  });
}

const outcome = { kind: 'returned', requestId: 'r', value: null } as const;
const succeeds: MappingEvent[] = [
  { kind: 'flush-started', flush: flush() },
  { kind: 'flush-returned', flush: flush(), outcome },
  { kind: 'committed', batch: 1, positions: [] },
];

test('a flush is one line, once it is committed: what, how long, where, and the lag', () => {
  expect(shown(succeeds, lagOf(0, 0))).toEqual([
    '✓ flush 1  1,500 records in 2.5 s  contacts-0@0..999 contacts-1@500..999  lag 0',
  ]);
});

test('the lag is reported for each partition that has one, the greatest first', () => {
  expect(shown(succeeds, lagOf(5, 0, 12_000, null))[0]).toMatch(
    /lag contacts-2 12,000 contacts-0 5 contacts-3 \?$/,
  );
});

test('of many partitions six are named and the others counted', () => {
  const partitions = Array.from({ length: 8 }, (_, partition) => ({ topic: 't', partition }));
  expect(shown([{ kind: 'assigned', partitions }])).toEqual([
    'reading t-0 t-1 t-2 t-3 t-4 t-5 and 2 more',
  ]);
  expect(shown([{ kind: 'assigned', partitions: [] }])).toEqual(['reading nothing']);
});

test('a failed flush says why in its first line, which try it was, and when it comes again', () => {
  const events: MappingEvent[] = [
    failed('JOB_FAILED: no such field\nand more'),
    { kind: 'redelivery-scheduled', flush: flush(), waitMs: 1000 },
    failed('JOB_FAILED: no such field', 2),
  ];
  const places = 'contacts-0@0..999 contacts-1@500..999';
  expect(shown(events)).toEqual([
    `✗ flush 1  1,500 records  ${places}  JOB_FAILED: no such field`,
    '  redelivery in 1.0 s',
    `✗ flush 1  1,500 records, attempt 2  ${places}  JOB_FAILED: no such field`,
  ]);
});

test('a skipped, errant, revoked, uncommitted or reset record is one line each', () => {
  const partition = { topic: 'contacts', partition: 3 };
  expect(
    shown([
      { kind: 'record-skipped', record: sampleRecord({ offset: 17 }) },
      { kind: 'batch-revoked', batch: 1, partitions: ['contacts-1'] },
      { kind: 'commit-failed', batch: 1, positions: [], error: new Error('fenced.') },
      { kind: 'offset-reset', partition, from: 2, to: 6 },
    ]),
  ).toEqual([
    '! contacts-0@17 skipped: exceeds the event size limit',
    'flush 1: contacts-1 revoked meanwhile',
    '✗ flush 1 not committed: fenced',
    '! contacts-3: offset 2 is no longer in the log, continuing at 6',
  ]);
  const fields = { record: 'contacts-0@3', code: 'TOMBSTONE' };
  expect(errantLines({ message: 'errant record', fields }).map(({ text }) => text)).toEqual([
    '! contacts-0@3 sent to the errant queue: TOMBSTONE',
  ]);
  expect(errantLines({ message: 'flush written', fields })).toEqual([]);
});

test('an outage that several deliveries notice is reported once for each longer wait, and its end once', () => {
  const error = new Error('connect ECONNREFUSED');
  const trouble = (waitMs: number, what = 'commit offsets'): MappingEvent => ({
    ...{ kind: 'outage', what, error, waitMs },
  });
  const over: MappingEvent = { kind: 'outage-over', what: 'commit offsets' };
  const waits = [500, 500, 1000, 500, 1000, 2000].map((wait) => trouble(wait));
  expect(shown([...waits, trouble(500, 'read the topic'), over, over, trouble(500)])).toEqual([
    'cannot commit offsets: connect ECONNREFUSED; retry in 0.5 s',
    'cannot commit offsets: connect ECONNREFUSED; retry in 1.0 s',
    'cannot commit offsets: connect ECONNREFUSED; retry in 2.0 s',
    'cannot read the topic: connect ECONNREFUSED; retry in 0.5 s',
    'can commit offsets again',
    'cannot commit offsets: connect ECONNREFUSED; retry in 0.5 s',
  ]);
});
