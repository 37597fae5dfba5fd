import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { SinkError } from '../errors.ts';
import { stages } from '../kafka/errant-record.ts';
import type { ErrantCode } from '../record-error.ts';
import { durationsFromText, durationsText } from './durations.ts';
import { unexpired } from './mark-settled.ts';
import { rangesFromText, rangesText } from './offset-ranges.ts';
import { emptyPartition, type PartitionState } from './state.ts';

/** A DynamoDB item. */
export type Item = Record<string, AttributeValue>;

/** The part of a partition's state that an item stores; `sparse` follows from the cluster's name. */
export type StoredState = Omit<PartitionState, 'sparse'>;

/** Time to live of an item after its last change, in milliseconds. */
const keptForMs = 14 * 24 * 3_600_000;

/** How long Salesforce keeps a job after its end, in milliseconds. */
const jobsForMs = 7 * 24 * 3_600_000;

const count = z.number().int().nonnegative();
const time = z.number().int();
const times = { firstTime: time, lastTime: time };

const offsets = z.string().transform((text, context) => {
  const ranges = rangesFromText(text);
  if (ranges !== null) return ranges;
  context.addIssue('not offset ranges');
  return z.NEVER;
});

const itemShape = z.object({
  topic: z.string(),
  partition: count,
  version: count.min(1),
  expiresAt: count,
  settled: z.array(
    z
      .object({ first: count, last: count, offsets: offsets.exactOptional(), ...times, at: time })
      .transform(({ offsets: ranges, ...range }) => ({ ...range, ...(ranges && { ranges }) })),
  ),
  jobs: z.array(
    z
      .object({
        id: z.string().min(1),
        rows: count.min(1),
        records: count.default(0),
        deletes: z.literal(true).exactOptional(),
        ...{ offsets, ...times, at: time },
      })
      .transform(({ offsets: ranges, ...job }) => ({ ...job, ranges })),
  ),
  // Items of version 0.1 have none.
  errants: z
    .array(
      z
        .object({
          stage: z.enum(stages),
          // A newer version may have other codes.
          code: z.custom<ErrantCode>((code) => typeof code === 'string'),
          job: z.object({ id: z.string(), errorCode: z.string() }).exactOptional(),
          ...{ offsets, ...times, at: time },
        })
        .transform(({ offsets: ranges, job, ...noted }) => ({
          ...{ ...noted, ranges },
          rejection: job === undefined ? null : { jobId: job.id, errorCode: job.errorCode },
        })),
    )
    .default([]),
  // Items of versions without TOMBSTONES=delete have none.
  deleted: z
    .array(
      z
        .object({ offsets, ...times, at: time })
        .transform(({ offsets: ranges, ...deleted }) => ({ ...deleted, ranges })),
    )
    .default([]),
  // Items of versions that did not learn from other containers have none.
  durations: z.string().default(''),
});

/** Writes a partition's state as an item; `now` is in milliseconds since 1970. */
export function itemOf(id: string, known: StoredState, now: number): Item {
  const { topic, partition, version, durations } = known;
  const settled = known.settled.map(({ ranges, ...range }) => ({
    ...range,
    ...(ranges && { offsets: rangesText(ranges) }),
  }));
  const jobs = known.jobs.map(({ ranges, ...job }) => ({ ...job, offsets: rangesText(ranges) }));
  const errants = known.errants.map(({ ranges, rejection, ...noted }) => ({
    ...{ ...noted, offsets: rangesText(ranges) },
    ...(rejection && { job: { id: rejection.jobId, errorCode: rejection.errorCode } }),
  }));
  const deleted = known.deleted.map(({ ranges, ...one }) => {
    return { ...one, offsets: rangesText(ranges) };
  });
  const expiresAt = Math.ceil((now + keptForMs) / 1000);
  const state = {
    ...{ settled, jobs, errants, ...(deleted.length > 0 && { deleted }) },
    ...(durations.length > 0 && { durations: durationsText(durations) }),
  };
  return marshall({ id, topic, partition, version, expiresAt, ...state });
}

/**
 * Reads an item. An expired one, which DynamoDB may take two days to delete, gives an empty state.
 * Throws `LEDGER_INVALID` when the item has another form.
 */
export function stateOf(id: string, item: Item, now: number): StoredState {
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
    jobs: jobs.filter(({ at }) => now - at < jobsForMs),
    errants,
    deleted,
    durations: durationsFromText(durations),
  };
}
