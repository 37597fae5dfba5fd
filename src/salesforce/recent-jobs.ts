/** Number of jobs whose median sets the first wait of the next job; see `nextWait`. */
const remembered = 5;

/** Durations of a container's last jobs in milliseconds, oldest first. */
export class RecentJobs {
  #tookMs: readonly number[] = [];

  get tookMs(): readonly number[] {
    return this.#tookMs;
  }

  add(tookMs: number): void {
    this.#tookMs = [...this.#tookMs, tookMs].slice(-remembered);
  }
}
