/** How long a job took. */
export interface JobDuration {
  readonly rows: number;
  /** From its submission to its end, in milliseconds. */
  readonly tookMs: number;
  /** When its end was seen, in milliseconds since 1970. */
  readonly at: number;
}

/** The most durations of one size. */
const maxOfSize = 200;

/** The size of a job: the nearest power of two of its rows. */
export const sizeOf = (rows: number): number => Math.round(Math.log2(Math.max(1, rows)));

/** Durations of the last jobs by their size: those of a container, and those that its ledger knows. */
export class JobDurations {
  /** The newest last. */
  readonly #bySize = new Map<number, JobDuration[]>();

  /** Adds durations; those that are known already, which have the same time and rows, count once. */
  add(durations: readonly JobDuration[]): void {
    for (const added of durations) {
      const ofSize = this.#bySize.get(sizeOf(added.rows)) ?? [];
      const same = ofSize.findIndex(({ at, rows }) => at === added.at && rows === added.rows);
      const place = ofSize.findLastIndex(({ at }) => at <= added.at) + 1;
      if (same === -1) ofSize.splice(place, 0, added);
      else ofSize[same] = added;
      if (ofSize.length > maxOfSize) ofSize.shift();
      this.#bySize.set(sizeOf(added.rows), ofSize);
    }
  }

  /** The durations of jobs of this size, in milliseconds; if there are none, of the next larger or smaller size. */
  like(rows: number): readonly number[] {
    const size = sizeOf(rows);
    const nearest = [size, size + 1, size - 1].map((one) => this.#bySize.get(one) ?? []);
    return (nearest.find(({ length }) => length > 0) ?? []).map(({ tookMs }) => tookMs);
  }
}
