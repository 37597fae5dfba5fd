const DAY_MS = 24 * 60 * 60 * 1000;

/** An allocation of an org as `/limits` shows it. */
export interface AllocationView {
  readonly Max: number;
  readonly Remaining: number;
}

/** Used and maximal amount of an allocation. */
export interface AllocationChanges {
  readonly used?: number | undefined;
  readonly max?: number | undefined;
}

/**
 * A daily allocation: API requests, or bulk batches.
 * assumption: allocation-window.
 */
export class Allocation {
  readonly #now: () => number;
  readonly #initialMax: number;
  #max: number;
  #used = 0;
  #since: number;

  constructor(max: number, now: () => number) {
    this.#initialMax = max;
    this.#max = max;
    this.#now = now;
    this.#since = now();
  }

  /** Uses `amount` of it; false, and nothing used, if less is left. */
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
    return { Max: this.#max, Remaining: Math.max(0, this.#max - this.#used) };
  }

  /** Sets the used and maximal amount; absent properties are not changed. */
  set({ used, max }: AllocationChanges): void {
    this.#renew();
    this.#used = used ?? this.#used;
    this.#max = max ?? this.#max;
  }

  /** Restores the initial allocation, unused. */
  reset(): void {
    this.#max = this.#initialMax;
    this.#startDay();
  }

  #renew(): void {
    if (this.#now() - this.#since >= DAY_MS) this.#startDay();
  }

  #startDay(): void {
    this.#used = 0;
    this.#since = this.#now();
  }
}
