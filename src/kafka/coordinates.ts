/** Where a record stands in its cluster. */
export interface Coordinates {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** A run of offsets in one partition, both ends included. Gaps inside are allowed. */
export interface OffsetRange {
  readonly topic: string;
  readonly partition: number;
  readonly first: number;
  readonly last: number;
  readonly records: number;
}

/** Writes coordinates the way every log line and message does: `contacts-3@1042`. */
export function at({ topic, partition, offset }: Coordinates): string {
  return `${topic}-${partition}@${offset}`;
}

/** Gives the lowest and highest offset of each partition, in the order the partitions appear. */
export function offsetRanges(records: Iterable<Coordinates>): OffsetRange[] {
  const ranges = new Map<string, OffsetRange>();
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

/** Writes a range the way log lines do: `contacts-3@1000..1999`, or `contacts-3@7` for one offset. */
export function rangeText({ topic, partition, first, last }: OffsetRange): string {
  return first === last
    ? at({ topic, partition, offset: first })
    : `${topic}-${partition}@${first}..${last}`;
}
