import type { ClusterMetadata } from '@platformatic/kafka';

/**
 * Detects that a topic has more partitions than the group has assigned. Neither the coordinator nor
 * the client compares them.
 */
export class PartitionGrowth {
  #counts: ReadonlyMap<string, number> = new Map();

  /**
   * Whether a topic has more partitions than at the last call; the first call only stores the
   * counts.
   *
   * It must be called before each join, so that the stored counts are never newer than the
   * assignment.
   */
  seenIn({ topics }: Pick<ClusterMetadata, 'topics'>): boolean {
    const before = this.#counts;
    this.#counts = new Map([...topics].map(([name, topic]) => [name, topic.partitionsCount]));
    return this.#counts.entries().some(([name, count]) => count > (before.get(name) ?? count));
  }
}
