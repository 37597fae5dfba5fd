import { ConnectionPool, Consumer } from '@platformatic/kafka';
import type { SourceEvent } from '../event-source-mapping/mapping-event.ts';
import type { RecordBuffer } from '../event-source-mapping/record-source.ts';
import { type Sleep, sleep } from '../event-source-mapping/sleep.ts';
import {
  type AssignedPartition,
  hasPosition,
  type PositionedPartition,
  topicPartition,
} from './assigned-partition.ts';
import { Backoff } from './backoff.ts';
import { type ClusterAccess, clientOptions } from './cluster-access.ts';
import { Committer } from './committer.ts';
import { fetchUntilAborted } from './fetch-loop.ts';
import { Membership } from './membership.ts';
import { PartitionGrowth } from './partition-growth.ts';
import { findPositions, type StartingPosition, seekToEdge } from './positions.ts';

/**
 * What a Kafka source reads, as which consumer group, and where it starts without committed
 * offsets.
 */
export interface KafkaSourceSettings {
  access: ClusterAccess;
  topics: readonly string[];
  group: string;
  from: StartingPosition;
  onEvent?: (event: SourceEvent) => void;
  sleep?: Sleep;
}

/** Short, since people stop and start a local run often. */
const groupTimes = {
  heartbeatInterval: 2000,
  sessionTimeout: 15_000,
  rebalanceTimeout: 20_000,
};

/** How long leaving the group may take; after that the group removes the member by its timeout. */
const closeMs = 5000;

/** One member of a consumer group. */
export class Member {
  readonly committer: Committer;
  readonly #settings: KafkaSourceSettings & { onEvent: (event: SourceEvent) => void; sleep: Sleep };
  readonly #consumer: Consumer;
  readonly #connections: ConnectionPool;
  readonly #membership: Membership;
  readonly #growth = new PartitionGrowth();
  readonly #failed = Promise.withResolvers<never>();
  #buffer: RecordBuffer | null = null;

  constructor(settings: KafkaSourceSettings) {
    this.#settings = { onEvent: () => undefined, sleep, ...settings };
    const options = clientOptions(settings.access);
    this.#consumer = new Consumer({ ...options, ...groupTimes, groupId: settings.group });
    this.#consumer.topics.trackAll(...settings.topics);
    this.#connections = new ConnectionPool(options.clientId, options);
    this.#membership = new Membership(this.#consumer, {
      backoff: new Backoff('join the consumer group', this.#settings),
      onEvent: this.#settings.onEvent,
      onChange: (revoked) => this.#buffer?.drop(revoked),
      beforeJoin: async () => {
        const { topics } = settings;
        this.#growth.seenIn(await this.#consumer.metadata({ topics: [...topics] }));
      },
      onFailure: (error) => this.#failed.reject(error),
    });
    this.#failed.promise.catch(() => undefined);
    this.committer = new Committer(this.#consumer, this.#membership, this.#settings);
  }

  assigned(): AssignedPartition[] {
    return this.#membership.assigned();
  }

  async read(buffer: RecordBuffer, signal: AbortSignal): Promise<void> {
    this.#buffer = buffer;
    const backoff = new Backoff('read the topic', this.#settings);
    await this.#membership.join(signal);
    const reading = fetchUntilAborted(
      {
        buffer,
        backoff,
        topics: this.#settings.topics,
        sleep: this.#settings.sleep,
        client: { consumer: this.#consumer, connections: this.#connections },
        assigned: () => this.assigned(),
        findPositions: (assignments) => this.#findPositions(assignments, signal),
        onMetadata: (metadata) => {
          if (this.#growth.seenIn(metadata)) void this.#membership.rebalance();
        },
      },
      signal,
    );
    await Promise.race([reading, this.#failed.promise]);
  }

  async close(): Promise<void> {
    this.#membership.leave();
    const closed = new AbortController();
    const closing = Promise.allSettled([this.#consumer.close(true), this.#connections.close()]);
    await Promise.race([closing, this.#settings.sleep(closeMs, closed.signal)]);
    // A running timer would keep the process alive.
    closed.abort();
  }

  async #findPositions(
    assignments: readonly AssignedPartition[],
    signal: AbortSignal,
  ): Promise<void> {
    const outOfRange = assignments.filter((assignment) => assignment.outOfRange !== null);
    const others = assignments.filter((assignment) => assignment.outOfRange === null);
    await seekToEdge(this.#consumer, outOfRange, 'TRIM_HORIZON');
    for (const assignment of outOfRange.filter(hasPosition)) this.#reportReset(assignment);
    const fresh = await findPositions(this.#consumer, others, this.#settings.from);
    // Otherwise the group would start at a later end after a rebalance, and skip records.
    if (this.#settings.from === 'LATEST') await this.#commitStart(fresh, signal);
  }

  /** Commits the start positions; a partition whose commit fails has no position. */
  async #commitStart(
    assignments: readonly AssignedPartition[],
    signal: AbortSignal,
  ): Promise<void> {
    const positions = () =>
      assignments
        .filter(hasPosition)
        .map(({ next, ...assignment }) => ({ ...topicPartition(assignment), offset: next }));
    try {
      await this.committer.commit(positions, signal);
    } catch (error) {
      for (const assignment of assignments) assignment.next = null;
      throw error;
    }
  }

  #reportReset(assignment: PositionedPartition): void {
    const from = assignment.outOfRange ?? assignment.next;
    assignment.outOfRange = null;
    this.#settings.onEvent({
      kind: 'offset-reset',
      partition: topicPartition(assignment),
      from,
      to: assignment.next,
    });
  }
}
