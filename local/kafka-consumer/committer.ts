import type { Consumer } from '@platformatic/kafka';
import type { Position } from '../event-source-mapping/record-source.ts';
import { positionAfter } from './assigned-partition.ts';
import { Backoff, type BackoffPorts } from './backoff.ts';
import { isPermanent } from './failure.ts';
import type { Membership } from './membership.ts';

/** How often a commit is retried after the source was stopped. */
const lastTries = 20;
const lastWaitMs = 250;

/** Commits the positions of a member, but only those of partitions that it still has. */
export class Committer {
  readonly #consumer: Consumer;
  readonly #membership: Membership;
  readonly #ports: BackoffPorts;

  constructor(consumer: Consumer, membership: Membership, ports: BackoffPorts) {
    this.#consumer = consumer;
    this.#membership = membership;
    this.#ports = ports;
  }

  /**
   * Commits what `pending` returns, and returns it; retries through rebalances and outages.
   *
   * After a rebalance, revoked partitions are no longer pending; the others are committed. Rejects
   * when the error is permanent, or when the commit still fails some seconds after `signal`
   * aborted.
   */
  async commit(
    pending: () => readonly Position[],
    signal: AbortSignal,
  ): Promise<readonly Position[]> {
    const backoff = new Backoff('commit offsets', this.#ports);
    for (let late = 0; ; ) {
      const { positions, error } = await this.#try(pending);
      if (error === null) {
        backoff.succeeded();
        return positions;
      }
      if (isPermanent(error) || late === lastTries) throw error;
      if (signal.aborted) {
        late += 1;
        await this.#ports.sleep(lastWaitMs, never);
      } else {
        await backoff.failed(error, signal);
      }
    }
  }

  async #try(
    pending: () => readonly Position[],
  ): Promise<{ positions: readonly Position[]; error: unknown }> {
    const positions = pending().map((position) => this.#behind(position));
    if (positions.length === 0) return { positions, error: null };
    if (!this.#membership.stable)
      return { positions, error: new Error('the group is rebalancing') };
    const offsets = positions.map((position) => ({
      ...position,
      offset: BigInt(position.offset),
      leaderEpoch: -1,
    }));
    try {
      await this.#consumer.commit({ offsets });
      for (const position of positions) this.#remember(position);
      return { positions, error: null };
    } catch (error) {
      return { positions, error };
    }
  }

  #behind({ topic, partition, offset }: Position): Position {
    const assignment = this.#membership.find({ topic, partition });
    return {
      topic,
      partition,
      offset: assignment === null ? offset : positionAfter(assignment, offset),
    };
  }

  #remember(position: Position): void {
    const assignment = this.#membership.find(position);
    if (assignment !== null) assignment.committed = position.offset;
  }
}

const never = new AbortController().signal;
