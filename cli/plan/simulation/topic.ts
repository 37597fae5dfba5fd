import type { Load } from '../load.ts';
import { secondOf } from './arrivals.ts';

/** Records of one partition in a batch. */
export interface Part {
  readonly partition: number;
  readonly records: number;
}

/** The partitions of a topic: what has arrived, what is in a batch, what is committed. */
export class Topic {
  readonly #arrived: Float64Array;
  readonly #shares: readonly number[];
  readonly #taken: Float64Array;
  readonly #committed: Float64Array;
  readonly #busy: boolean[];

  constructor({ partitions, skew }: Load, arrived: Float64Array) {
    const busiest = skew ?? 1 / partitions;
    const other = partitions === 1 ? 0 : (1 - busiest) / (partitions - 1);
    this.#shares = Array.from({ length: partitions }, (_, at) => (at === 0 ? busiest : other));
    this.#arrived = arrived;
    this.#taken = new Float64Array(partitions);
    this.#committed = new Float64Array(partitions);
    this.#busy = new Array(partitions).fill(false);
  }

  /** Records of a partition that a batch can take; 0 while it has a batch in flight. */
  available(partition: number, now: number): number {
    if (this.#busy[partition]) return 0;
    return this.#arrivedIn(partition, now) - (this.#taken[partition] as number);
  }

  /** Takes at most `most` records, and blocks their partitions until `commit`. */
  take(partitions: readonly number[], most: number, now: number): Part[] {
    const parts: Part[] = [];
    let left = most;
    for (const partition of partitions) {
      const records = Math.min(left, this.available(partition, now));
      if (records === 0) continue;
      this.#busy[partition] = true;
      this.#taken[partition] = (this.#taken[partition] as number) + records;
      parts.push({ partition, records });
      left -= records;
    }
    return parts;
  }

  /** Commits a batch, and unblocks its partitions. */
  commit(parts: readonly Part[]): void {
    for (const { partition, records } of parts) {
      this.#busy[partition] = false;
      this.#committed[partition] = (this.#committed[partition] as number) + records;
    }
  }

  /** Records that are not committed, of each partition. */
  lags(now: number): number[] {
    return this.#shares.map((_, at) => this.#arrivedIn(at, now) - (this.#committed[at] as number));
  }

  /** Records of the topic that have arrived. */
  arrived(now: number): number {
    return this.#shares.reduce((sum, _, at) => sum + this.#arrivedIn(at, now), 0);
  }

  /** Seconds since the oldest record arrived that is not committed; 0 if there is none. */
  oldestAge(now: number): number {
    const firsts = this.#shares.map((share, at) =>
      this.#arrivedIn(at, now) === this.#committed[at]
        ? Number.POSITIVE_INFINITY
        : ((this.#committed[at] as number) + 1) / share,
    );
    const first = Math.min(...firsts);
    return first === Number.POSITIVE_INFINITY ? 0 : now - secondOf(this.#arrived, first);
  }

  #arrivedIn(partition: number, now: number): number {
    return Math.floor((this.#arrived[now] as number) * (this.#shares[partition] as number));
  }
}
