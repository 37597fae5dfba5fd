import { type Consumer, ListOffsetTimestamps } from '@platformatic/kafka';
import type { Share } from './share.ts';

/** Where a group begins that has committed nothing yet: at the oldest record, or at the next one. */
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

/**
 * Finds out where `shares` go on: where the group has committed, otherwise at `from`.
 *
 * Returns those of which nothing was committed.
 */
export async function placeShares(
  consumer: Consumer,
  shares: readonly Share[],
  from: StartingPosition,
): Promise<Share[]> {
  if (shares.length === 0) return [];
  const committed = await consumer.listCommittedOffsets({ topics: byTopic(shares) });
  const fresh = shares.filter((share) => {
    const offset = Number(committed.get(share.topic)?.[share.partition] ?? -1);
    if (offset >= 0) place(share, offset);
    return offset < 0;
  });
  await placeAtEdge(consumer, fresh, from);
  return fresh;
}

/** Gives `shares` the position at one edge of their logs, whatever the group has committed. */
export async function placeAtEdge(
  consumer: Consumer,
  shares: readonly Share[],
  from: StartingPosition,
): Promise<void> {
  if (shares.length === 0) return;
  const grouped = byTopic(shares);
  const offsets = await consumer.listOffsets({
    topics: grouped.map(({ topic }) => topic),
    partitions: Object.fromEntries(grouped.map(({ topic, partitions }) => [topic, partitions])),
    timestamp: from === 'LATEST' ? ListOffsetTimestamps.LATEST : ListOffsetTimestamps.EARLIEST,
  });
  for (const share of shares) {
    const offset = offsets.get(share.topic)?.[share.partition];
    if (offset !== undefined && offset >= 0n) place(share, Number(offset));
  }
}

function place(share: Share, offset: number): void {
  share.next = offset;
  share.committed = offset;
}

function byTopic(shares: readonly Share[]): { topic: string; partitions: number[] }[] {
  const grouped = Map.groupBy(shares, ({ topic }) => topic);
  return [...grouped].map(([topic, those]) => ({
    topic,
    partitions: those.map(({ partition }) => partition),
  }));
}
