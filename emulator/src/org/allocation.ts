const DAY_MS = 24 * 60 * 60 * 1000;

/** An allocation of an org as `/limits` shows it. */
export interface AllocationView {
  readonly Max: number;
  readonly Remaining: number;
}

/** How much of an allocation is used, and of how much. */
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
    return { Max: this.#max, Remaining: Math.max(0, this.#max - this.#used) };
  }

  /** Makes it look used, as by the other clients of the org; what is left out stays. */
  set({ used, max }: AllocationChanges): void {
    this.#renew();
    this.#used = used ?? this.#used;
    this.#max = max ?? this.#max;
  }

  /** Nothing used, of as much as in the beginning. */
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
