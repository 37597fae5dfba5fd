import type { ClusterMetadata } from '@platformatic/kafka';

/**
 * Notices that a topic has got more partitions since the group has shared them out.
 *
 * Nobody else would: the coordinator knows only members, and the client does not compare.
 */
export class Growth {
  #counts: ReadonlyMap<string, number> | null = null;

  /** Says that the partitions were just shared out, so all that there are have a reader. */
  sharedOut(): void {
    this.#counts = null;
  }

  /** Whether a topic has more partitions than it had right after they were shared out; told once. */
  seenIn({ topics }: Pick<ClusterMetadata, 'topics'>): boolean {
    const counts = new Map([...topics].map(([name, topic]) => [name, topic.partitionsCount]));
    const before = this.#counts;
    this.#counts = counts;
    return (
      before !== null &&
      counts.entries().some(([name, count]) => count > (before.get(name) ?? count))
    );
  }
}
