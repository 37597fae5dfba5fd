import type { EventRecord, KafkaEvent } from '../../src/kafka/event.ts';

/** A record of an event, with what a test cares about; a string value is taken as UTF-8 text. */
export function eventRecord(
  given: Partial<Omit<EventRecord, 'value'>> & { value?: unknown } = {},
): EventRecord {
  const { value, ...rest } = given;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return {
    topic: 'contacts',
    partition: 0,
    offset: 0,
    timestamp: 1_700_000_000_000,
    timestampType: 'CREATE_TIME',
    ...rest,
    ...(value === undefined ? {} : { value: Buffer.from(text).toString('base64') }),
  };
}

/** An MSK event of these records, keyed as Lambda keys them. */
export function eventOf(records: readonly EventRecord[]): KafkaEvent {
  const partitions = Map.groupBy(records, ({ topic, partition }) => `${topic}-${partition}`);
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/demo/abc-1',
    bootstrapServers: 'b-1.example:9098,b-2.example:9098',
    records: Object.fromEntries(partitions),
  };
}

/** An event of partition 0 whose values are these, from offset 0 on. */
export function eventOfValues(values: readonly unknown[]): KafkaEvent {
  return eventOf(values.map((value, offset) => eventRecord({ offset, value })));
}
