import type { TopicPartition } from '../event-source-mapping/source-record.ts';

/**
 * A partition that this member of the group reads, from its assignment until it is taken away;
 * a partition that comes back is another share.
 *
 * `next` is the offset to fetch next, null until it is known. `lastSeen` is the greatest offset
 * handed out, null before the first; there may be offsets between the two that hold no record.
 * `astray` is a position that turned out not to be in the log, and null as soon as one is found.
 * `committed` is the position that the group would begin from. `end` is where the partition ends as
 * far as known, null before the first fetch. `over`: taken away; whatever still arrives is dropped.
 */
export type Share = TopicPartition & {
  next: number | null;
  astray: number | null;
  lastSeen: number | null;
  committed: number | null;
  end: number | null;
  over: boolean;
};

/** A share whose position is known. */
export type PlacedShare = Share & { next: number };

/** A new share; its position is yet to be found. */
export function newShare({ topic, partition }: TopicPartition): Share {
  const unknown = { next: null, astray: null, lastSeen: null, committed: null, end: null };
  return { topic, partition, ...unknown, over: false };
}

/** Which partition a share, or a position, is of. */
export function placeOf({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition };
}

/** Whether the share is still ours and its position is known. */
export function isPlaced(share: Share): share is PlacedShare {
  return share.next !== null && !share.over;
}

/**
 * The position to commit once every record below `offset` is delivered.
 *
 * Behind the last record there may be offsets without one, such as the end of a transaction: then
 * the position is behind these too, so that a group which has everything has no lag.
 */
export function positionBehind(share: Share, offset: number): number {
  const all = share.lastSeen !== null && offset > share.lastSeen;
  return all ? Math.max(offset, share.next ?? offset) : offset;
}

/** How many offsets of the share are not delivered yet; null as long as nobody knows. */
export function lagOf(share: Share): number | null {
  const { committed, end, lastSeen, next } = share;
  if (end === null || committed === null || next === null) return null;
  const position =
    lastSeen === null || committed > lastSeen ? Math.max(committed, next) : committed;
  return Math.max(0, end - position);
}
