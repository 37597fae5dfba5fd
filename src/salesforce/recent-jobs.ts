/** How many jobs the first wait of the next one goes by; see `nextWait`. */
const remembered = 5;

/** How long the jobs of a container took, in milliseconds: the last few, the oldest first. */
export class RecentJobs {
  #tookMs: readonly number[] = [];

  get tookMs(): readonly number[] {
    return this.#tookMs;
  }

  add(tookMs: number): void {
    this.#tookMs = [...this.#tookMs, tookMs].slice(-remembered);
  }
}
