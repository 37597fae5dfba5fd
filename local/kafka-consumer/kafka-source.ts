import { ConnectionPool, Consumer } from '@platformatic/kafka';
import type { SourceEvent } from '../event-source-mapping/mapping-event.ts';
import type { Intake, RecordSource } from '../event-source-mapping/record-source.ts';
import { type Sleep, sleep } from '../event-source-mapping/sleep.ts';
import type { TopicPartition } from '../event-source-mapping/source-record.ts';
import { type ClusterAccess, clientOptions } from './cluster-access.ts';
import { Committer } from './committer.ts';
import { Growth } from './growth.ts';
import { Membership } from './membership.ts';
import { placeAtEdge, placeShares, type StartingPosition } from './positions.ts';
import { readShares } from './reading.ts';
import { isPlaced, lagOf, type PlacedShare, placeOf, type Share } from './share.ts';
import { Trouble } from './trouble.ts';

/** What a Kafka source reads, as which consumer group, and from where if that has no positions. */
export interface KafkaSourceSettings {
  access: ClusterAccess;
  topics: readonly string[];
  group: string;
  from: StartingPosition;
  onEvent?: (event: SourceEvent) => void;
  sleep?: Sleep;
}

/** How many offsets of a partition are not delivered yet; null as long as nobody knows. */
export type PartitionLag = TopicPartition & { lag: number | null };

/** A record source that can say how far behind it is, for the partitions that are its own. */
export type KafkaSource = RecordSource & { lag(): PartitionLag[] };

/** A member that is gone is missed soon, since people stop and start this often. */
const groupTimes = {
  heartbeatInterval: 2000,
  sessionTimeout: 15_000,
  rebalanceTimeout: 20_000,
};

/** How long leaving the group may take; after that the cluster finds out by itself. */
const closeMs = 5000;

/**
 * A source over topics of a real cluster, as one member of a consumer group.
 *
 * Partitions that a rebalance takes away are dropped from the intake and not committed any more.
 * Only committed data is read: records of aborted transactions are not seen.
 */
export function kafkaSource(settings: KafkaSourceSettings): KafkaSource {
  const member = new Member(settings);
  return {
    read: (intake, signal) => member.read(intake, signal),
    commit: (pending, signal) => member.committer.commit(pending, signal),
    close: () => member.close(),
    lag: () => member.shares().map((share) => ({ ...placeOf(share), lag: lagOf(share) })),
  };
}

class Member {
  readonly committer: Committer;
  readonly #settings: KafkaSourceSettings & { onEvent: (event: SourceEvent) => void; sleep: Sleep };
  readonly #consumer: Consumer;
  readonly #connections: ConnectionPool;
  readonly #membership: Membership;
  readonly #growth = new Growth();
  readonly #expelled = Promise.withResolvers<never>();
  #intake: Intake | null = null;

  constructor(settings: KafkaSourceSettings) {
    this.#settings = { onEvent: () => undefined, sleep, ...settings };
    const options = clientOptions(settings.access);
    this.#consumer = new Consumer({ ...options, ...groupTimes, groupId: settings.group });
    this.#consumer.topics.trackAll(...settings.topics);
    this.#connections = new ConnectionPool(options.clientId, options);
    this.#membership = new Membership(this.#consumer, {
      trouble: new Trouble('join the consumer group', this.#settings),
      onEvent: this.#settings.onEvent,
      onChange: (lost) => this.#intake?.drop(lost),
      beforeJoin: async () => {
        const { topics } = settings;
        this.#growth.seenIn(await this.#consumer.metadata({ topics: [...topics] }));
      },
      onFailure: (error) => this.#expelled.reject(error),
    });
    this.#expelled.promise.catch(() => undefined);
    this.committer = new Committer(this.#consumer, this.#membership, this.#settings);
  }

  shares(): Share[] {
    return this.#membership.shares();
  }

  async read(intake: Intake, signal: AbortSignal): Promise<void> {
    this.#intake = intake;
    const trouble = new Trouble('read the topic', this.#settings);
    await this.#membership.join(signal);
    const reading = readShares(
      {
        ...{ intake, trouble, topics: this.#settings.topics, sleep: this.#settings.sleep },
        client: { consumer: this.#consumer, connections: this.#connections },
        shares: () => this.shares(),
        place: (shares) => this.#place(shares, signal),
        onMetadata: (metadata) => {
          if (this.#growth.seenIn(metadata)) void this.#membership.joinAgain();
        },
      },
      signal,
    );
    await Promise.race([reading, this.#expelled.promise]);
  }

  async close(): Promise<void> {
    this.#membership.leave();
    const closed = new AbortController();
    const closing = Promise.allSettled([this.#consumer.close(true), this.#connections.close()]);
    await Promise.race([closing, this.#settings.sleep(closeMs, closed.signal)]);
    // A timer that runs on would keep the process that long.
    closed.abort();
  }

  async #place(shares: readonly Share[], signal: AbortSignal): Promise<void> {
    const astray = shares.filter((share) => share.astray !== null);
    const others = shares.filter((share) => share.astray === null);
    await placeAtEdge(this.#consumer, astray, 'TRIM_HORIZON');
    for (const share of astray.filter(isPlaced)) this.#found(share);
    const fresh = await placeShares(this.#consumer, others, this.#settings.from);
    // Otherwise the group would begin at a later end after a rebalance, and lose what came between.
    if (this.#settings.from === 'LATEST') await this.#begin(fresh, signal);
  }

  /** Commits where `shares` begin; what cannot be committed has no position. */
  async #begin(shares: readonly Share[], signal: AbortSignal): Promise<void> {
    const positions = () =>
      shares.filter(isPlaced).map(({ next, ...share }) => ({ ...placeOf(share), offset: next }));
    try {
      await this.committer.commit(positions, signal);
    } catch (error) {
      for (const share of shares) share.next = null;
      throw error;
    }
  }

  #found(share: PlacedShare): void {
    const from = share.astray ?? share.next;
    share.astray = null;
    this.#settings.onEvent({
      ...{ kind: 'offset-reset', partition: placeOf(share) },
      ...{ from, to: share.next },
    });
  }
}
