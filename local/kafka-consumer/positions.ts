import { type Consumer, ListOffsetTimestamps } from '@platformatic/kafka';
import type { AssignedPartition } from './assigned-partition.ts';

/** Where a group without committed offsets starts: at the oldest record, or at the next one. */
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

/**
 * Sets the positions of `assignments`: where the group has committed, otherwise at `from`.
 *
 * Returns those without a committed offset.
 */
export async function findPositions(
  consumer: Consumer,
  assignments: readonly AssignedPartition[],
  from: StartingPosition,
): Promise<AssignedPartition[]> {
  if (assignments.length === 0) return [];
  const committed = await consumer.listCommittedOffsets({ topics: byTopic(assignments) });
  const fresh = assignments.filter((assignment) => {
    const offset = Number(committed.get(assignment.topic)?.[assignment.partition] ?? -1);
    if (offset >= 0) setPosition(assignment, offset);
    return offset < 0;
  });
  await seekToEdge(consumer, fresh, from);
  return fresh;
}

/**
 * Sets the positions of `assignments` to one end of their logs, whatever the group has committed.
 */
export async function seekToEdge(
  consumer: Consumer,
  assignments: readonly AssignedPartition[],
  from: StartingPosition,
): Promise<void> {
  if (assignments.length === 0) return;
  const grouped = byTopic(assignments);
  const offsets = await consumer.listOffsets({
    topics: grouped.map(({ topic }) => topic),
    partitions: Object.fromEntries(grouped.map(({ topic, partitions }) => [topic, partitions])),
    timestamp: from === 'LATEST' ? ListOffsetTimestamps.LATEST : ListOffsetTimestamps.EARLIEST,
  });
  for (const assignment of assignments) {
    const offset = offsets.get(assignment.topic)?.[assignment.partition];
    if (offset !== undefined && offset >= 0n) setPosition(assignment, Number(offset));
  }
}

function setPosition(assignment: AssignedPartition, offset: number): void {
  assignment.next = offset;
  assignment.committed = offset;
}

function byTopic(
  assignments: readonly AssignedPartition[],
): { topic: string; partitions: number[] }[] {
  const grouped = Map.groupBy(assignments, ({ topic }) => topic);
  return [...grouped].map(([topic, those]) => ({
    topic,
    partitions: those.map(({ partition }) => partition),
  }));
}
