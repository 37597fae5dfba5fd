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
export function coordinatesText({ topic, partition, offset }: Coordinates): string {
  return `${topic}-${partition}@${offset}`;
}

/** A range while records are added to it. */
type GrowingRange = { -readonly [Name in keyof PartitionRange]: PartitionRange[Name] };

/** Returns the lowest and highest offset of each partition, in order of first appearance. */
export function offsetRanges(records: Iterable<Coordinates>): PartitionRange[] {
  const ranges = new Map<string, GrowingRange>();
  let range: GrowingRange | undefined;
  for (const { topic, partition, offset } of records) {
    if (range?.partition !== partition || range.topic !== topic) {
      const key: string = `${partition}:${topic}`;
      range = ranges.get(key) ?? { topic, partition, first: offset, last: offset, records: 0 };
      ranges.set(key, range);
    }
    range.first = Math.min(range.first, offset);
    range.last = Math.max(range.last, offset);
    range.records += 1;
  }
  return [...ranges.values()];
}

/** Formats a range: `contacts-3@1000..1999`, or `contacts-3@7` for one offset. */
export function rangeText({ topic, partition, first, last }: PartitionRange): string {
  return first === last
    ? coordinatesText({ topic, partition, offset: first })
    : `${topic}-${partition}@${first}..${last}`;
}
