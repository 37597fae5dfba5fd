import { pollers } from '../limits.ts';
import type { Load } from '../load.ts';

/** What the pollers have done in the last minute. */
export interface Minute {
  /** Records that a batch could take now. */
  readonly waiting: number;
  /** Whether a batch was closed by anything but its window. */
  readonly full: boolean;
}

/** The number of pollers over a day. */
export class Scaling {
  readonly #load: Load;
  readonly #batch: number;
  #count: number;
  #next: { readonly count: number; readonly at: number } | null = null;
  #calmSince = 0;

  /** `batch`: records of a full batch. */
  constructor(load: Load, batch: number) {
    this.#load = load;
    this.#batch = batch;
    this.#count = Math.min(load.partitions, load.pollers ?? pollers.onDemand.first);
  }

  /** Pollers now. */
  get count(): number {
    return this.#count;
  }

  /** Invocations of a poller at a time. */
  get invocations(): number {
    return (this.#load.pollers === null ? pollers.onDemand : pollers.provisioned).invocations;
  }

  /** Evaluates the lag, once a minute. Provisioned pollers stay. */
  evaluate({ waiting, full }: Minute, now: number): void {
    if (this.#load.pollers !== null) return;
    if (this.#next !== null) {
      if (now < this.#next.at) return;
      this.#count = this.#next.count;
      this.#next = null;
      this.#calmSince = now;
    }
    if (full) this.#calmSince = now;
    const { partitions } = this.#load;
    if (waiting > this.#batch * this.#count && this.#count < partitions) {
      const count = Math.min(partitions, this.#count * 2);
      this.#next = { count, at: now + pollers.onDemand.scaleSeconds };
    } else if (now - this.#calmSince >= pollers.onDemand.calmSeconds && this.#count > 1) {
      this.#next = { count: Math.ceil(this.#count / 2), at: now + pollers.onDemand.scaleSeconds };
    }
  }
}
