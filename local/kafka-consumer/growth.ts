import type { ClusterMetadata } from '@platformatic/kafka';

/**
 * Notices that a topic has got more partitions than the group has shared out.
 *
 * Nobody else would: the coordinator knows only members, and the client does not compare.
 */
export class Growth {
  #counts: ReadonlyMap<string, number> = new Map();

  /**
   * Whether a topic has more partitions than at the last look; the first look only remembers.
   *
   * There has to be a look before each joining: what the group shares out then is never older.
   */
  seenIn({ topics }: Pick<ClusterMetadata, 'topics'>): boolean {
    const before = this.#counts;
    this.#counts = new Map([...topics].map(([name, topic]) => [name, topic.partitionsCount]));
    return this.#counts.entries().some(([name, count]) => count > (before.get(name) ?? count));
  }
}
