import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { SinkError } from '../errors.ts';
import type { PartitionMemory } from './memory.ts';
import { recent } from './remember.ts';
import { runsFromText, runsText } from './runs.ts';

/** An item as DynamoDB takes and gives it. */
export type Item = Record<string, AttributeValue>;

/** What an item holds of what is remembered; the rest is in the name of the cluster. */
export type StoredMemory = Omit<PartitionMemory, 'sparse'>;

/** How long an item is kept after its last change. */
const keptForMs = 14 * 24 * 3_600_000;

/** How long Salesforce keeps a job after its end; nobody can ask after it later. */
const jobsForMs = 7 * 24 * 3_600_000;

const count = z.number().int().nonnegative();
const time = z.number().int();
const times = { firstTime: time, lastTime: time };

const offsets = z.string().transform((text, context) => {
  const runs = runsFromText(text);
  if (runs !== null) return runs;
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
      .transform(({ offsets: runs, ...range }) => ({ ...range, ...(runs && { runs }) })),
  ),
  jobs: z.array(
    z
      .object({ id: z.string().min(1), rows: count.min(1), offsets, ...times, at: time })
      .transform(({ offsets: runs, ...job }) => ({ ...job, runs })),
  ),
});

/** Writes what is remembered as an item; `now` in milliseconds since 1970. */
export function itemOf(id: string, known: StoredMemory, now: number): Item {
  const { topic, partition, version } = known;
  const settled = known.settled.map(({ runs, ...range }) => ({
    ...range,
    ...(runs && { offsets: runsText(runs) }),
  }));
  const jobs = known.jobs.map(({ runs, ...job }) => ({ ...job, offsets: runsText(runs) }));
  const expiresAt = Math.ceil((now + keptForMs) / 1000);
  return marshall({ id, topic, partition, version, expiresAt, settled, jobs });
}

/**
 * Reads an item. One that has expired, which DynamoDB may take two days to delete, is remembered
 * as nothing. Throws `LEDGER_INVALID` when somebody else has written it.
 */
export function memoryOf(id: string, item: Item, now: number): StoredMemory {
  const parsed = itemShape.safeParse(unmarshall(item, { wrapNumbers: Number }));
  if (!parsed.success) {
    throw new SinkError(
      'LEDGER_INVALID',
      `The ledger's item ${id} is not as this function writes it. Delete the item: its records may then be written twice.`,
    );
  }
  const { topic, partition, version, expiresAt, settled, jobs } = parsed.data;
  if (expiresAt * 1000 <= now) return { topic, partition, version, settled: [], jobs: [] };
  return {
    ...{ topic, partition, version },
    settled: recent(settled, now),
    jobs: jobs.filter(({ at }) => now - at < jobsForMs),
  };
}
