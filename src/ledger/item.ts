import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { SinkError } from '../errors.ts';
import { stages } from '../kafka/errant-record.ts';
import type { ErrantCode } from '../record-error.ts';
import { rangesFromText, rangesText } from './offset-ranges.ts';
import { recent } from './settled.ts';
import type { PartitionState } from './state.ts';

/** An item as DynamoDB takes and gives it. */
export type Item = Record<string, AttributeValue>;

/** What an item holds of what is remembered; the rest is in the name of the cluster. */
export type StoredMemory = Omit<PartitionState, 'sparse'>;

/** How long an item is kept after its last change. */
const keptForMs = 14 * 24 * 3_600_000;

/** How long Salesforce keeps a job after its end; nobody can ask after it later. */
const jobsForMs = 7 * 24 * 3_600_000;

const count = z.number().int().nonnegative();
const time = z.number().int();
const times = { firstTime: time, lastTime: time };

const offsets = z.string().transform((text, context) => {
  const ranges = rangesFromText(text);
  if (ranges !== null) return ranges;
  context.addIssue('no offsets');
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
        ...{ offsets, ...times, at: time },
      })
      .transform(({ offsets: ranges, ...job }) => ({ ...job, ranges })),
  ),
  // An item of version 0.1 has none.
  errants: z
    .array(
      z
        .object({
          stage: z.enum(stages),
          // A newer version may know other codes.
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
});

/** Writes what is remembered as an item; `now` in milliseconds since 1970. */
export function itemOf(id: string, known: StoredMemory, now: number): Item {
  const { topic, partition, version } = known;
  const settled = known.settled.map(({ ranges, ...range }) => ({
    ...range,
    ...(ranges && { offsets: rangesText(ranges) }),
  }));
  const jobs = known.jobs.map(({ ranges, ...job }) => ({ ...job, offsets: rangesText(ranges) }));
  const errants = known.errants.map(({ ranges, rejection, ...noted }) => ({
    ...{ ...noted, offsets: rangesText(ranges) },
    ...(rejection && { job: { id: rejection.jobId, errorCode: rejection.errorCode } }),
  }));
  const expiresAt = Math.ceil((now + keptForMs) / 1000);
  return marshall({ id, topic, partition, version, expiresAt, settled, jobs, errants });
}

/**
 * Reads an item. One that has expired, which DynamoDB may take two days to delete, is remembered
 * as nothing. Throws `LEDGER_INVALID` when somebody else has written it.
 */
export function stateOf(id: string, item: Item, now: number): StoredMemory {
  const parsed = itemShape.safeParse(unmarshall(item, { wrapNumbers: Number }));
  if (!parsed.success) {
    throw new SinkError(
      'LEDGER_INVALID',
      `The ledger's item ${id} is not as this function writes it. Delete the item: its records may then be written twice.`,
    );
  }
  const { topic, partition, version, expiresAt, settled, jobs, errants } = parsed.data;
  const place = { topic, partition, version };
  if (expiresAt * 1000 <= now) return { ...place, settled: [], jobs: [], errants: [] };
  return {
    ...place,
    settled: recent(settled, now),
    jobs: jobs.filter(({ at }) => now - at < jobsForMs),
    errants,
  };
}
