const DAY_MS = 24 * 60 * 60 * 1000;

/** An allocation of an org as `/limits` shows it. */
export interface AllocationView {
  readonly Max: number;
  readonly Remaining: number;
}

/**
 * A daily allocation: API requests, or bulk batches.
 * choice: allocation-window.
 */
export class Allocation {
  readonly #now: () => number;
  readonly #max: number;
  #used = 0;
  #since: number;

  constructor(max: number, now: () => number) {
    this.#max = max;
    this.#now = now;
    this.#since = now();
  }

  /** Takes `amount` of it; false, and nothing taken, when it is used up. */
  take(amount = 1): boolean {
    this.#renew();
    if (this.#used + amount > this.#max) return false;
    this.#used += amount;
    return true;
  }

  /** `used/max`, as in the header `Sforce-Limit-Info: api-usage=28/15000`. */
  usage(): string {
    this.#renew();
    return `${this.#used}/${this.#max}`;
  }

  /** What `/limits` shows. */
  view(): AllocationView {
    this.#renew();
    return { Max: this.#max, Remaining: this.#max - this.#used };
  }

  /** Begins the day anew. */
  reset(): void {
    this.#used = 0;
    this.#since = this.#now();
  }

  #renew(): void {
    if (this.#now() - this.#since >= DAY_MS) this.reset();
  }
}
