import type { RecordOrigin } from '../kafka/record.ts';
import { type Entry, isInTimeRange, type OffsetRange } from './state.ts';

/**
 * The ranges of `chosen` among all offsets that an event has of a partition. A range spans gaps in the
 * topic, but not a record that was not chosen.
 */
export function rangesAmong(all: readonly number[], chosen: ReadonlySet<number>): OffsetRange[] {
  const ranges: OffsetRange[] = [];
  let first: number | null = null;
  let last = 0;
  const end = () => {
    if (first !== null) ranges.push([first, last]);
    first = null;
  };
  for (const offset of all.toSorted((one, other) => one - other)) {
    if (!chosen.has(offset)) {
      end();
      continue;
    }
    first ??= offset;
    last = offset;
  }
  end();
  return ranges;
}

/** The ranges of consecutive offsets. */
export function adjacentRanges(offsets: readonly number[]): OffsetRange[] {
  const ranges: OffsetRange[] = [];
  for (const offset of [...new Set(offsets)].sort((one, other) => one - other)) {
    const [first, last] = ranges.at(-1) ?? [offset, Number.NaN];
    if (offset === last + 1) ranges[ranges.length - 1] = [first, offset];
    else ranges.push([offset, offset]);
  }
  return ranges;
}

/** Tells whether an offset is in one of the ranges. */
export function isInRanges(offset: number, ranges: readonly OffsetRange[]): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle] as OffsetRange;
    if (offset < first) high = middle - 1;
    else if (offset > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** Tells whether an entry of the ledger has a record, by its offset and its time. */
export const carriesRecord = (entry: Entry, record: RecordOrigin): boolean =>
  isInTimeRange(record, entry) && isInRanges(record.offset, entry.ranges);

/** The offsets of `ranges` that are not in `removed`; both are in ascending order. */
export function withoutRanges(
  ranges: readonly OffsetRange[],
  removed: readonly OffsetRange[],
): OffsetRange[] {
  const rest: OffsetRange[] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    while ((removed[next]?.[1] ?? Number.POSITIVE_INFINITY) < from) next++;
    let start = from;
    for (let at = next; (removed[at]?.[0] ?? Number.POSITIVE_INFINITY) <= to; at++) {
      const [first, last] = removed[at] as OffsetRange;
      if (start < first) rest.push([start, first - 1]);
      start = last + 1;
    }
    if (start <= to) rest.push([start, to]);
  }
  return rest;
}

/**
 * Encodes ranges as short text, since a DynamoDB item holds 400 KB: for each range the distance from
 * the end of the previous one, then `+` and the number of offsets that follow. `1042+57 2 3+9` is 1042 to 1099,
 * 1101, and 1104 to 1113.
 */
export function rangesText(ranges: readonly OffsetRange[]): string {
  let end = 0;
  const parts = ranges.map(([first, last]) => {
    const distance = first - end;
    end = last;
    return first === last ? `${distance}` : `${distance}+${last - first}`;
  });
  return parts.join(' ');
}

/** Decodes the text of `rangesText`; null if it is something else. */
export function rangesFromText(text: string): OffsetRange[] | null {
  const ranges: OffsetRange[] = [];
  let end = 0;
  for (const part of text === '' ? [] : text.split(' ')) {
    const [, distance, more = '0'] = /^(\d{1,16})(?:\+(\d{1,16}))?$/.exec(part) ?? [];
    if (distance === undefined) return null;
    const first = end + Number(distance);
    end = first + Number(more);
    ranges.push([first, end]);
  }
  return ranges;
}
