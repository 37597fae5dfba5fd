import type { EventRecord, KafkaEvent } from '../../src/kafka/event.ts';
import { eventOf, eventRecord } from '../support/event.ts';

/** A batch of several partitions with rows of every kind, and what must become of each. */
export interface GivenBatch {
  readonly topic: string;
  readonly records: readonly EventRecord[];
  /** `LastName` of what must be in Salesforce in the end. */
  readonly good: readonly string[];
  /** `topic-partition@offset` of what must be in the errant queue. */
  readonly bad: readonly string[];
  /** `LastName` of the good rows that fail at first, for a reason that passes. */
  readonly locked: readonly string[];
}

const partitions = 3;
const recordsOfAPartition = 6;

/** What the value at an offset is: two good rows of six kinds of record are locked at first. */
function valueAt(name: string, offset: number): unknown {
  if (offset === 2) return { LastName: name, Email: 'no address' };
  if (offset === 4) return '{"LastName": "half';
  return { LastName: name, Description: `"${name}", of\nseveral lines` };
}

/** Makes the batch of a scenario; its topic keeps it apart from those of others. */
export function givenBatch(topic: string): GivenBatch {
  const batch = { good: [] as string[], bad: [] as string[], locked: [] as string[] };
  const records: EventRecord[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    for (let index = 0; index < recordsOfAPartition; index++) {
      const offset = index + 100 * partition;
      const name = `${topic} ${partition} ${offset}`;
      if (index === 2 || index === 4) batch.bad.push(`${topic}-${partition}@${offset}`);
      else batch.good.push(name);
      if (index === 3) batch.locked.push(name);
      const place = { topic, partition, offset, timestamp: 1_700_000_000_000 + offset };
      records.push(eventRecord({ ...place, value: valueAt(name, index) }));
    }
  }
  return { topic, records, ...batch };
}

/** How Kafka sends the records again: as they were, or cut into other batches. */
export const cuts = {
  'the same batch': ({ records }: GivenBatch): KafkaEvent[] => [eventOf(records)],
  'other batches': ({ records }: GivenBatch): KafkaEvent[] => {
    const of = (partition: number) => records.filter((record) => record.partition === partition);
    const [first = [], second = [], third = []] = [of(0), of(1), of(2)];
    return [
      eventOf([...first.slice(0, 3), ...second]),
      eventOf([...first.slice(3), ...third.slice(0, 4)]),
      eventOf(third.slice(4)),
    ];
  },
} as const;
