/** How long a job took. */
export interface JobDuration {
  readonly rows: number;
  /** From its submission to its end, in milliseconds. */
  readonly tookMs: number;
  /** When its end was seen, in milliseconds since 1970. */
  readonly at: number;
}

/** Number of jobs of each size that are remembered. */
const remembered = 200;

/** The size of a job: the nearest power of two of its rows. */
export const sizeOf = (rows: number): number => Math.round(Math.log2(Math.max(1, rows)));

/** Durations of the last jobs by their size: those of a container, and those that its ledger knows. */
export class JobDurations {
  readonly #bySize = new Map<number, readonly JobDuration[]>();

  /** Adds durations; those that are known already, which have the same time and rows, count once. */
  add(durations: readonly JobDuration[]): void {
    for (const [size, added] of Map.groupBy(durations, ({ rows }) => sizeOf(rows))) {
      const all = [...(this.#bySize.get(size) ?? []), ...added];
      const once = new Map(all.map((one) => [`${one.at} ${one.rows}`, one] as const));
      const newestLast = [...once.values()].sort((one, other) => one.at - other.at);
      this.#bySize.set(size, newestLast.slice(-remembered));
    }
  }

  /** The durations of jobs of this size, in milliseconds; if there are none, of the next larger or smaller size. */
  like(rows: number): readonly number[] {
    const size = sizeOf(rows);
    const known = [size, size + 1, size - 1].map((one) => this.#bySize.get(one) ?? []);
    return (known.find(({ length }) => length > 0) ?? []).map(({ tookMs }) => tookMs);
  }
}
