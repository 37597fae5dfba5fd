import type { Consumer, ConsumerGroupJoinPayload } from '@platformatic/kafka';
import type { SourceEvent } from '../event-source-mapping/mapping-event.ts';
import { partitionName, type TopicPartition } from '../event-source-mapping/source-record.ts';
import { isPermanent } from './failure.ts';
import { newShare, placeOf, type Share } from './share.ts';
import type { Trouble } from './trouble.ts';

/** Whom a membership tells: of all shares that it has after a change, and of those that it lost. */
export interface MembershipPorts {
  onEvent: (event: SourceEvent) => void;
  onChange: (lost: readonly TopicPartition[]) => void;
  trouble: Trouble;
  /** Is awaited before each joining, which is tried again when it rejects. */
  beforeJoin: () => Promise<void>;
  /** It can never join again. */
  onFailure: (error: unknown) => void;
}

/**
 * This process's place in the consumer group, and the partitions that are its own.
 *
 * A partition that stays assigned through a rebalance stays the same share, since nobody else can
 * have read it meanwhile. A member that the group has given up begins anew, with none of its shares.
 */
export class Membership {
  readonly #consumer: Consumer;
  readonly #ports: MembershipPorts;
  #shares = new Map<string, Share>();
  #memberId: string | null = null;
  #generation = 0;
  #rejoining = false;
  #onceMore = false;
  readonly #leaving = new AbortController();

  constructor(consumer: Consumer, ports: MembershipPorts) {
    this.#consumer = consumer;
    this.#ports = ports;
    consumer.on('consumer:group:join', (payload) => this.#assign(payload));
    // The client gives up when it cannot join again: nothing else would ever bring it back.
    (consumer as NodeJS.EventEmitter).on('error', (error: Error) => void this.#rejoin(error));
    consumer.on('consumer:heartbeat:stalled', ({ lastError }) => void this.#rejoin(lastError));
  }

  /**
   * Joins the group, trying again until it works or `signal` aborts; rejects when trying again can
   * never help.
   */
  async join(signal: AbortSignal): Promise<void> {
    const { trouble } = this.#ports;
    while (!signal.aborted) {
      try {
        await this.#ports.beforeJoin();
        await this.#consumer.joinGroup({});
        return trouble.over();
      } catch (error) {
        if (isPermanent(error)) throw error;
        await trouble.wait(error, signal);
      }
    }
  }

  /** The partitions that are its own now. */
  shares(): Share[] {
    return [...this.#shares.values()];
  }

  /** Its share of a partition; null when it has none. */
  share(partition: TopicPartition): Share | null {
    return this.#shares.get(partitionName(partition)) ?? null;
  }

  /**
   * Whether the client still is the member that the shares were assigned to.
   *
   * While it joins again it already counts as the next generation, in which its partitions may
   * belong to somebody else: what it commits then could undo what they have committed.
   */
  get settled(): boolean {
    const { memberId, generationId } = this.#consumer;
    return memberId !== null && memberId === this.#memberId && generationId === this.#generation;
  }

  /** Joins once more, so that the group shares out all partitions anew. */
  async joinAgain(): Promise<void> {
    // A joining that is under way may be past the point at which it would share out what is new.
    this.#onceMore = true;
    await this.#joinAfter(async () => undefined);
  }

  /** Joins no more: the client itself leaves the group as it closes. */
  leave(): void {
    this.#leaving.abort();
  }

  #assign({ memberId, generationId = 0, assignments = [] }: ConsumerGroupJoinPayload): void {
    const known = memberId === this.#memberId ? this.#shares : new Map<string, Share>();
    const shares = new Map<string, Share>();
    for (const { topic, partitions } of assignments) {
      for (const partition of partitions) {
        const name = partitionName({ topic, partition });
        shares.set(name, known.get(name) ?? newShare({ topic, partition }));
      }
    }
    const lost = this.shares().filter((share) => shares.get(partitionName(share)) !== share);
    for (const share of lost) share.over = true;
    const gained = [...shares.values()].some(
      (share) => !this.#shares.values().some((one) => one === share),
    );
    this.#shares = shares;
    this.#memberId = memberId;
    this.#generation = generationId;
    this.#ports.onChange(lost);
    if (lost.length > 0 || gained || shares.size === 0) {
      const partitions = this.shares().map(placeOf);
      this.#ports.onEvent({ kind: 'assigned', partitions });
    }
  }

  #rejoin(error: unknown): Promise<void> {
    return this.#joinAfter(() => this.#ports.trouble.wait(error, this.#leaving.signal));
  }

  async #joinAfter(wait: () => Promise<void>): Promise<void> {
    const { signal } = this.#leaving;
    if (this.#rejoining || signal.aborted) return;
    this.#rejoining = true;
    await wait();
    do {
      this.#onceMore = false;
      await this.join(signal).catch((failure: unknown) => this.#ports.onFailure(failure));
    } while (this.#onceMore && !signal.aborted);
    this.#rejoining = false;
  }
}
