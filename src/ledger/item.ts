import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { SinkError } from '../errors.ts';
import { stages } from '../kafka/errant-record.ts';
import type { ErrantCode } from '../record-error.ts';
import { durationsFromText, durationsText } from './durations.ts';
import { requireKnownFormat } from './item-format.ts';
import { unexpired } from './mark-settled.ts';
import { rangesFromText, rangesText } from './offset-ranges.ts';
import { emptyPartition, type PartitionState } from './state.ts';

/** A DynamoDB item. */
export type Item = Record<string, AttributeValue>;

/** The part of a partition's state that an item stores; `sparse` follows from the cluster's name. */
export type StoredState = Omit<PartitionState, 'sparse'>;

/** Time to live of an item after its last change, in milliseconds. */
const ttlMs = 14 * 24 * 3_600_000;

/** How long Salesforce keeps a job after its end, in milliseconds. */
const jobRetentionMs = 7 * 24 * 3_600_000;

const count = z.int().check(z.nonnegative());
const positive = z.int().check(z.minimum(1));
const text = z.string();
const time = z.int();
const times = { firstTime: time, lastTime: time, at: time };

/** Offset ranges as text. */
const offsets = z.pipe(
  text,
  z.transform((given: string, { issues }) => {
    const ranges = rangesFromText(given);
    if (ranges !== null) return ranges;
    issues.push({ code: 'custom', message: 'not offset ranges', input: given });
    return z.NEVER;
  }),
);

const settledShape = z.pipe(
  z.object({ first: count, last: count, offsets: z.exactOptional(offsets), ...times }),
  z.transform(({ offsets: ranges, ...range }) => ({ ...range, ...(ranges && { ranges }) })),
);

const jobShape = z.pipe(
  z.object({
    id: text.check(z.minLength(1)),
    rows: positive,
    records: z._default(count, 0),
    deletes: z.exactOptional(z.literal(true)),
    offsets,
    ...times,
  }),
  z.transform(({ offsets: ranges, ...job }) => ({ ...job, ranges })),
);

const errantShape = z.pipe(
  z.object({
    stage: z.enum(stages),
    // A newer version may have other codes.
    code: z.custom<ErrantCode>((code) => typeof code === 'string'),
    job: z.exactOptional(z.object({ id: text, errorCode: text })),
    offsets,
    ...times,
  }),
  z.transform(({ offsets: ranges, job, ...entry }) => ({
    ...entry,
    ranges,
    rejection: job === undefined ? null : { jobId: job.id, errorCode: job.errorCode },
  })),
);

const deletedShape = z.pipe(
  z.object({ offsets, ...times }),
  z.transform(({ offsets: ranges, ...deleted }) => ({ ...deleted, ranges })),
);

/** What has a default is absent in items of older versions. */
const itemShape = z.object({
  topic: text,
  partition: count,
  version: positive,
  expiresAt: count,
  settled: z.array(settledShape),
  jobs: z.array(jobShape),
  errants: z._default(z.array(errantShape), []),
  deleted: z._default(z.array(deletedShape), []),
  durations: z._default(text, ''),
});

/** Writes a partition's state as an item; `now` is in milliseconds since 1970. */
export function itemOf(id: string, known: StoredState, now: number): Item {
  const { topic, partition, version, durations } = known;
  const settled = known.settled.map(({ ranges, ...range }) => ({
    ...range,
    ...(ranges && { offsets: rangesText(ranges) }),
  }));
  const jobs = known.jobs.map(({ ranges, ...job }) => ({ ...job, offsets: rangesText(ranges) }));
  const errants = known.errants.map(({ ranges, rejection, ...entry }) => ({
    ...entry,
    offsets: rangesText(ranges),
    ...(rejection && { job: { id: rejection.jobId, errorCode: rejection.errorCode } }),
  }));
  const deleted = known.deleted.map(({ ranges, ...one }) => {
    return { ...one, offsets: rangesText(ranges) };
  });
  const expiresAt = Math.ceil((now + ttlMs) / 1000);
  const state = {
    settled,
    jobs,
    errants,
    ...(deleted.length > 0 && { deleted }),
    ...(durations.length > 0 && { durations: durationsText(durations) }),
  };
  return marshall({ id, topic, partition, version, expiresAt, ...state });
}

/**
 * Reads an item. An expired one, which DynamoDB may take two days to delete, gives an empty state.
 * Throws `LEDGER_INVALID` when the item has another form, or that of a newer version.
 */
export function stateOf(id: string, item: Item, now: number): StoredState {
  requireKnownFormat(id, item['format']);
  const parsed = itemShape.safeParse(unmarshall(item, { wrapNumbers: Number }));
  if (!parsed.success) {
    throw new SinkError(
      'LEDGER_INVALID',
      `The ledger item ${id} does not have the form that this function writes. Delete the item; records in flight may then be written twice.`,
    );
  }
  const { topic, partition, version, expiresAt, settled, jobs, errants, deleted, durations } =
    parsed.data;
  const place = { topic, partition, version };
  const { sparse: _, ...nothing } = emptyPartition(topic, partition);
  if (expiresAt * 1000 <= now) return { ...nothing, ...place };
  return {
    ...place,
    settled: unexpired(settled, now),
    jobs: jobs.filter(({ at }) => now - at < jobRetentionMs),
    errants,
    deleted,
    durations: durationsFromText(durations),
  };
}
