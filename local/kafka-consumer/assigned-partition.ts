import type { TopicPartition } from '../event-source-mapping/source-record.ts';

/**
 * A partition assigned to this member of the group, until it is revoked; a partition that is
 * assigned again is another object.
 *
 * `next` is the offset to fetch next, null until it is known. `lastOffset` is the greatest offset
 * handed out, null before the first; there may be offsets between the two that hold no record.
 * `outOfRange` is a position that is not in the log, and null as soon as a valid one is found.
 * `committed` is the position from which the group would start. `end` is the known end of the
 * partition, null before the first fetch. After `revoked`, whatever still arrives is dropped.
 */
export type AssignedPartition = TopicPartition & {
  next: number | null;
  outOfRange: number | null;
  lastOffset: number | null;
  committed: number | null;
  end: number | null;
  revoked: boolean;
};

/** An assigned partition whose position is known. */
export type PositionedPartition = AssignedPartition & { next: number };

/** A new assignment without a position. */
export function newAssignedPartition({ topic, partition }: TopicPartition): AssignedPartition {
  const unknown = { next: null, outOfRange: null, lastOffset: null, committed: null, end: null };
  return { topic, partition, ...unknown, revoked: false };
}

/** The partition of an assignment or of a position. */
export function topicPartition({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition };
}

/** Whether the partition is still assigned and its position is known. */
export function hasPosition(assignment: AssignedPartition): assignment is PositionedPartition {
  return assignment.next !== null && !assignment.revoked;
}

/**
 * The position to commit once every record below `offset` is delivered.
 *
 * Offsets after the last record may hold no record, such as the end of a transaction. The position
 * is then after these too, so that a group which has read everything has no lag.
 */
export function positionAfter(assignment: AssignedPartition, offset: number): number {
  const all = assignment.lastOffset !== null && offset > assignment.lastOffset;
  return all ? Math.max(offset, assignment.next ?? offset) : offset;
}

/** How many offsets are not delivered yet; null while unknown. */
export function lagOf(assignment: AssignedPartition): number | null {
  const { committed, end, lastOffset, next } = assignment;
  if (end === null || committed === null || next === null) return null;
  const position =
    lastOffset === null || committed > lastOffset ? Math.max(committed, next) : committed;
  return Math.max(0, end - position);
}
