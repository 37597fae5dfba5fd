import { partitionName, type SourceRecord, type TopicPartition } from './source-record.ts';

/** The offsets of one partition in a batch, both ends included; there may be gaps. */
export type OffsetRange = TopicPartition & { first: number; last: number; records: number };

/** The offset ranges of `records`, one per partition, in order of first appearance. */
export function offsetRanges(records: Iterable<SourceRecord>): OffsetRange[] {
  const ranges = new Map<string, OffsetRange>();
  for (const record of records) {
    const { topic, partition, offset } = record;
    const name = partitionName(record);
    const range = ranges.get(name);
    if (range === undefined) {
      ranges.set(name, { topic, partition, first: offset, last: offset, records: 1 });
    } else {
      range.last = offset;
      range.records += 1;
    }
  }
  return [...ranges.values()];
}

/** A range as text: `contacts-3@1000..1999`, or `contacts-3@1000` for one offset. */
export function formatRange(range: OffsetRange): string {
  const { first, last } = range;
  return `${partitionName(range)}@${first === last ? first : `${first}..${last}`}`;
}
