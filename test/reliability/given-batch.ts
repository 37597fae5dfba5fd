import type { Emulator } from 'salesforce-bulk-emulator';
import type { EventRecord, KafkaEvent } from '../../src/kafka/event.ts';
import { eventOf, eventRecord } from '../support/event.ts';

/** A batch of three partitions with records of every kind, and what must become of each. */
export interface GivenBatch {
  readonly topic: string;
  readonly records: readonly EventRecord[];
  /** In which records the first and the third partition are cut in two; the position in each. */
  readonly cutAt: readonly [first: number, third: number];
  /** The rows that must be in Salesforce in the end, as `rowsIn` returns them. */
  readonly good: readonly string[];
  /** `topic-partition@offset` of what must be in the errant queue. */
  readonly bad: readonly string[];
  /** Creates the rows that exist before, and arms faults of rows. */
  prepare(org: Emulator): void;
  /** The rows of this batch that are in Salesforce. */
  rowsIn(org: Emulator): readonly string[];
  /** The names of the rows of this batch that jobs have written, each as often as it was written. */
  writesIn(org: Emulator): Promise<readonly string[]>;
}

/** Salesforce's error for a row that another transaction holds. */
export const lockedRow = 'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--';

/** The partitions of a batch. */
export const partitions = [0, 1, 2] as const;

/** The place of a record in a batch. */
export interface Place {
  readonly partition: number;
  /** Its position in the partition, from 0. */
  readonly index: number;
  readonly offset: number;
}

/** The places of a batch with this number of records in each partition. */
export function placesOf(count: number): Place[] {
  const indices = Array.from({ length: count }, (_, index) => index);
  return partitions.flatMap((partition) =>
    indices.map((index) => ({ partition, index, offset: index + 100 * partition })),
  );
}

/** Makes the record at a place. */
export function recordAt(
  topic: string,
  { partition, offset }: Place,
  given: { readonly key?: string; readonly value?: unknown },
): EventRecord {
  const timestamp = 1_700_000_000_000 + offset;
  return eventRecord({ topic, partition, offset, timestamp, ...given });
}

/** The place of a record as `bad` has it. */
export const coordinates = (topic: string, { partition, offset }: Place): string =>
  `${topic}-${partition}@${offset}`;

/** How Kafka sends the records again: as they were, or cut into other batches. */
export const cuts = {
  'the same batch': ({ records }: GivenBatch): KafkaEvent[] => [eventOf(records)],
  'other batches': ({ records, cutAt: [inFirst, inThird] }: GivenBatch): KafkaEvent[] => {
    const of = (partition: number) => records.filter((record) => record.partition === partition);
    const [first = [], second = [], third = []] = partitions.map(of);
    return [
      eventOf([...first.slice(0, inFirst), ...second]),
      eventOf([...first.slice(inFirst), ...third.slice(0, inThird)]),
      eventOf(third.slice(inThird)),
    ];
  },
} as const;
