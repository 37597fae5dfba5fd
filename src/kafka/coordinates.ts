/** A record's position in its cluster. */
export interface Coordinates {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** A range of offsets in one partition, both ends included. It may have gaps. */
export interface PartitionRange {
  readonly topic: string;
  readonly partition: number;
  readonly first: number;
  readonly last: number;
  readonly records: number;
}

/** Formats coordinates for logs and messages: `contacts-3@1042`. */
export function at({ topic, partition, offset }: Coordinates): string {
  return `${topic}-${partition}@${offset}`;
}

/** Returns the lowest and highest offset of each partition, in order of first appearance. */
export function offsetRanges(records: Iterable<Coordinates>): PartitionRange[] {
  const ranges = new Map<string, PartitionRange>();
  for (const { topic, partition, offset } of records) {
    const key = `${partition}:${topic}`;
    const known = ranges.get(key);
    ranges.set(key, {
      topic,
      partition,
      first: Math.min(known?.first ?? offset, offset),
      last: Math.max(known?.last ?? offset, offset),
      records: (known?.records ?? 0) + 1,
    });
  }
  return [...ranges.values()];
}

/** Formats a range: `contacts-3@1000..1999`, or `contacts-3@7` for one offset. */
export function rangeText({ topic, partition, first, last }: PartitionRange): string {
  return first === last
    ? at({ topic, partition, offset: first })
    : `${topic}-${partition}@${first}..${last}`;
}
