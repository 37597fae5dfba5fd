import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { EventRecord, KafkaEvent } from '../../../local/event-source-mapping/event.ts';
import { type Mapping, startMapping } from '../../../local/event-source-mapping/mapping.ts';
import type { MappingEvent } from '../../../local/event-source-mapping/mapping-event.ts';
import { kafkaSource } from '../../../local/kafka-consumer/kafka-source.ts';
import type { Outcome } from '../../../local/lambda-runtime/outcome.ts';
import { plainAccess } from './cluster.ts';
import type { Topic } from './topic.ts';

/** How a mapping over a topic differs from the usual: 100 records, no window, one at a time. */
export interface MappingOptions {
  group?: string;
  from?: 'TRIM_HORIZON' | 'LATEST';
  maxRecords?: number;
  windowMs?: number;
  concurrency?: number;
  /** The function; it returns at once by default. */
  invoke?: (event: KafkaEvent) => Promise<Outcome>;
}

/** A mapping at work in this process, and all that it has done so far. */
export interface GivenMapping {
  group: string;
  /** Every event that the function was given, a redelivered one again. */
  events: KafkaEvent[];
  /** The records of all these events, in order. */
  records(): EventRecord[];
  log: MappingEvent[];
  stop: Mapping['stop'];
}

/** A function that has returned. */
export const returnedOutcome: Outcome = { kind: 'returned', requestId: 'request', value: null };

/** A function that has thrown. */
export const threwOutcome: Outcome = {
  kind: 'threw',
  requestId: 'request',
  errorType: 'Error',
  errorMessage: 'no such luck',
  trace: [],
};

/** Starts a mapping over `topic`; it is stopped when the test has finished. */
export function givenMapping(topic: Topic, options: MappingOptions = {}): GivenMapping {
  const { group = `group-${randomUUID()}`, from = 'TRIM_HORIZON', concurrency = 1 } = options;
  const { invoke = async () => returnedOutcome, maxRecords = 100, windowMs = 0 } = options;
  const events: KafkaEvent[] = [];
  const log: MappingEvent[] = [];
  const onEvent = (event: MappingEvent) => void log.push(event);
  const access = plainAccess(topic.brokers);
  const mapping = startMapping({
    source: kafkaSource({ access, topics: [topic.name], group, from, onEvent }),
    origin: { eventSource: 'SelfManagedKafka', bootstrapServers: topic.brokers.join(',') },
    limits: { maxRecords, windowMs },
    redelivery: { firstMs: 50, maxMs: 200 },
    ...{ concurrency, onEvent },
    invoke: (event) => {
      events.push(event as KafkaEvent);
      return invoke(event as KafkaEvent);
    },
  });
  onTestFinished(() => mapping.stop());
  mapping.done.catch(() => undefined);
  return {
    ...{ group, events, log },
    records: () => events.flatMap(recordsOf),
    stop: mapping.stop,
  };
}

/** The records of an event, in order. */
export function recordsOf(event: KafkaEvent): EventRecord[] {
  return Object.values(event.records).flat();
}

/** The value of a record as text. */
export function textOf({ value }: EventRecord): string | null {
  return value === undefined ? null : Buffer.from(value, 'base64').toString();
}
