import { splitByLimits } from '../../src/errant/packing.ts';
import { replayOf } from '../../src/kafka/cluster.ts';
import type { EventRecord, KafkaEvent } from '../../src/kafka/event.ts';
import { recordId } from '../../src/kafka/record.ts';
import type { Handle, Waiting } from './message.ts';

/** A record and its message. */
export interface Chosen extends Waiting {
  readonly message: Handle;
}

/** One event for the sink, and all messages of its records. */
export interface Replay {
  readonly event: KafkaEvent;
  readonly records: number;
  /** The messages of each record, by `recordId`. */
  readonly messages: ReadonlyMap<string, readonly Handle[]>;
}

/** The limits of one event. */
export interface EventLimits {
  readonly maxRecords: number;
  /** Of the records as JSON. */
  readonly maxBytes: number;
  /** Whether records are sent even if their row was written after them. */
  readonly force: boolean;
  /** Whether the sink only says what it would leave out. */
  readonly dryRun: boolean;
}

/** One record and all its messages. */
interface Gathered {
  readonly record: EventRecord;
  readonly messages: Handle[];
}

/**
 * Builds the events of a replay as Kafka would have delivered the records: one cluster per event,
 * each partition in order, each record once, within the limits unless a single record exceeds them.
 * The cluster is marked as that of a replay, so that the sink does not skip the records as already
 * settled. Unless `force` is set, the event names the errant queue as its source, which makes the sink
 * leave out records whose row was written after them; that of a dry run makes it only say which.
 */
export function replaysOf(chosen: readonly Chosen[], limits: EventLimits): Replay[] {
  const clusters = Map.groupBy(chosen, ({ cluster }) => cluster);
  return [...clusters].flatMap(([cluster, those]) =>
    cut(gathered(those), limits).map((part) => replay(cluster, part, limits)),
  );
}

/** A flush that was interrupted after its report may have reported a record twice. */
function gathered(chosen: readonly Chosen[]): Gathered[] {
  const records = Map.groupBy(chosen, ({ record }) => recordId(record));
  return [...records.values()]
    .flatMap(([first, ...others]): Gathered[] =>
      first === undefined
        ? []
        : [{ record: first.record, messages: [first, ...others].map(({ message }) => message) }],
    )
    .toSorted(({ record: one }, { record: other }) => inOrder(one, other));
}

function inOrder(one: EventRecord, other: EventRecord): number {
  if (one.topic !== other.topic) return one.topic < other.topic ? -1 : 1;
  return one.partition - other.partition || one.offset - other.offset;
}

function cut(records: readonly Gathered[], { maxRecords, maxBytes }: EventLimits): Gathered[][] {
  // With the comma between records.
  const bytesOf = ({ record }: Gathered) => Buffer.byteLength(JSON.stringify(record)) + 1;
  return splitByLimits(records, { maxItems: maxRecords, maxBytes, bytesOf });
}

function sourceOf(cluster: string, { force, dryRun }: EventLimits): KafkaEvent['eventSource'] {
  if (dryRun) return 'ErrantQueueDryRun';
  if (!force) return 'ErrantQueue';
  return cluster.startsWith('arn:') ? 'aws:kafka' : 'SelfManagedKafka';
}

function replay(cluster: string, gathered: readonly Gathered[], limits: EventLimits): Replay {
  const records = gathered.map(({ record }) => record);
  const partitions = Map.groupBy(records, ({ topic, partition }) => `${topic}-${partition}`);
  return {
    event: {
      eventSource: sourceOf(cluster, limits),
      eventSourceArn: replayOf(cluster),
      records: Object.fromEntries(partitions),
    },
    records: records.length,
    messages: new Map(gathered.map(({ record, messages }) => [recordId(record), messages])),
  };
}
