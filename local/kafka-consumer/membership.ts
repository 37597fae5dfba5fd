import type { Consumer, ConsumerGroupJoinPayload } from '@platformatic/kafka';
import type { SourceEvent } from '../event-source-mapping/mapping-event.ts';
import { partitionName, type TopicPartition } from '../event-source-mapping/source-record.ts';
import {
  type AssignedPartition,
  newAssignedPartition,
  topicPartition,
} from './assigned-partition.ts';
import type { Backoff } from './backoff.ts';
import { isPermanent } from './failure.ts';

/** What a membership calls. */
export interface MembershipPorts {
  onEvent: (event: SourceEvent) => void;
  /** Called after each assignment, with the partitions that were revoked by it. */
  onChange: (revoked: readonly TopicPartition[]) => void;
  backoff: Backoff;
  /** Awaited before each join; the join is retried when it rejects. */
  beforeJoin: () => Promise<void>;
  /** The group can never be joined again. */
  onFailure: (error: unknown) => void;
}

/**
 * The membership of this process in the consumer group, and its assigned partitions.
 *
 * A partition that stays assigned through a rebalance keeps its state, since no other member has
 * read it meanwhile. A member that the group has removed joins as a new one, without the state of
 * its partitions.
 */
export class Membership {
  readonly #consumer: Consumer;
  readonly #ports: MembershipPorts;
  #assignments = new Map<string, AssignedPartition>();
  #memberId: string | null = null;
  #generation = 0;
  #rejoining = false;
  #joinAgain = false;
  readonly #leaving = new AbortController();

  constructor(consumer: Consumer, ports: MembershipPorts) {
    this.#consumer = consumer;
    this.#ports = ports;
    consumer.on('consumer:group:join', (payload) => this.#assign(payload));
    // The client does not retry when it cannot join again.
    (consumer as NodeJS.EventEmitter).on('error', (error: Error) => void this.#rejoin(error));
    consumer.on('consumer:heartbeat:stalled', ({ lastError }) => void this.#rejoin(lastError));
  }

  /**
   * Joins the group, with retries until it succeeds or `signal` aborts; rejects for a permanent
   * error.
   */
  async join(signal: AbortSignal): Promise<void> {
    const { backoff } = this.#ports;
    while (!signal.aborted) {
      try {
        await this.#ports.beforeJoin();
        await this.#consumer.joinGroup({});
        return backoff.succeeded();
      } catch (error) {
        if (isPermanent(error)) throw error;
        await backoff.failed(error, signal);
      }
    }
  }

  /** The partitions assigned now. */
  assigned(): AssignedPartition[] {
    return [...this.#assignments.values()];
  }

  /** The assignment of a partition; null without one. */
  find(partition: TopicPartition): AssignedPartition | null {
    return this.#assignments.get(partitionName(partition)) ?? null;
  }

  /**
   * Whether the client is still the member and generation that got the assignment.
   *
   * During a rebalance the client already counts as the next generation, in which its partitions
   * may belong to another member: a commit could overwrite that member's offsets.
   */
  get stable(): boolean {
    const { memberId, generationId } = this.#consumer;
    return memberId !== null && memberId === this.#memberId && generationId === this.#generation;
  }

  /** Joins again, so that the group assigns all partitions again. */
  async rebalance(): Promise<void> {
    // A join in progress may have passed the point at which it would include the new partitions.
    this.#joinAgain = true;
    await this.#joinAfter(async () => undefined);
  }

  /** Stops joining; the client itself leaves the group when it closes. */
  leave(): void {
    this.#leaving.abort();
  }

  #assign({
    memberId,
    generationId = 0,
    assignments: granted = [],
  }: ConsumerGroupJoinPayload): void {
    const known =
      memberId === this.#memberId ? this.#assignments : new Map<string, AssignedPartition>();
    const assignments = new Map<string, AssignedPartition>();
    for (const { topic, partitions } of granted) {
      for (const partition of partitions) {
        const name = partitionName({ topic, partition });
        assignments.set(name, known.get(name) ?? newAssignedPartition({ topic, partition }));
      }
    }
    const revoked = this.assigned().filter(
      (assignment) => assignments.get(partitionName(assignment)) !== assignment,
    );
    for (const assignment of revoked) assignment.revoked = true;
    const gained = [...assignments.values()].some(
      (assignment) => !this.#assignments.values().some((one) => one === assignment),
    );
    this.#assignments = assignments;
    this.#memberId = memberId;
    this.#generation = generationId;
    this.#ports.onChange(revoked);
    if (revoked.length > 0 || gained || assignments.size === 0) {
      const partitions = this.assigned().map(topicPartition);
      this.#ports.onEvent({ kind: 'assigned', partitions });
    }
  }

  #rejoin(error: unknown): Promise<void> {
    return this.#joinAfter(() => this.#ports.backoff.failed(error, this.#leaving.signal));
  }

  async #joinAfter(wait: () => Promise<void>): Promise<void> {
    const { signal } = this.#leaving;
    if (this.#rejoining || signal.aborted) return;
    this.#rejoining = true;
    await wait();
    do {
      this.#joinAgain = false;
      await this.join(signal).catch((failure: unknown) => this.#ports.onFailure(failure));
    } while (this.#joinAgain && !signal.aborted);
    this.#rejoining = false;
  }
}
