import type { Consumer } from '@platformatic/kafka';
import type { Position } from '../event-source-mapping/record-source.ts';
import { isPermanent } from './failure.ts';
import type { Membership } from './membership.ts';
import { positionBehind } from './share.ts';
import { Trouble, type TroublePorts } from './trouble.ts';

/** How long a commit is still tried once the source shall stop. */
const lastTries = 20;
const lastWaitMs = 250;

/** Commits a member's positions to its group, and only those that are still its own. */
export class Committer {
  readonly #consumer: Consumer;
  readonly #membership: Membership;
  readonly #ports: TroublePorts;

  constructor(consumer: Consumer, membership: Membership, ports: TroublePorts) {
    this.#consumer = consumer;
    this.#membership = membership;
    this.#ports = ports;
  }

  /**
   * Commits what `pending` returns, and returns it; tries again through rebalances and outages.
   *
   * A rebalance decides first: what it has taken away is not pending any more, and what it has left
   * is committed after it. Rejects when the cluster never allows it, and when some seconds after
   * `signal` aborted it still does not work.
   */
  async commit(
    pending: () => readonly Position[],
    signal: AbortSignal,
  ): Promise<readonly Position[]> {
    const trouble = new Trouble('commit offsets', this.#ports);
    for (let late = 0; ; ) {
      const { positions, error } = await this.#try(pending);
      if (error === null) {
        trouble.over();
        return positions;
      }
      if (isPermanent(error) || late === lastTries) throw error;
      if (signal.aborted) {
        late += 1;
        await this.#ports.sleep(lastWaitMs, never);
      } else {
        await trouble.wait(error, signal);
      }
    }
  }

  async #try(
    pending: () => readonly Position[],
  ): Promise<{ positions: readonly Position[]; error: unknown }> {
    const positions = pending().map((position) => this.#behind(position));
    if (positions.length === 0) return { positions, error: null };
    if (!this.#membership.settled)
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
    const share = this.#membership.share({ topic, partition });
    return { topic, partition, offset: share === null ? offset : positionBehind(share, offset) };
  }

  #remember(position: Position): void {
    const share = this.#membership.share(position);
    if (share !== null) share.committed = position.offset;
  }
}

const never = new AbortController().signal;
