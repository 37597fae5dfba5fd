/** Frees a slot for the next in the queue; further calls have no effect. */
export type Release = () => void;

/** A counting semaphore, first come, first served. */
export class Semaphore {
  #free: number;
  readonly #waiting: ((leave: Release) => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a free slot and takes it. */
  acquire(): Promise<Release> {
    return new Promise((enter) => {
      this.#waiting.push(enter);
      this.#admit();
    });
  }

  #admit(): void {
    const enter = this.#free > 0 ? this.#waiting.shift() : undefined;
    if (enter === undefined) return;
    this.#free -= 1;
    let left = false;
    enter(() => {
      if (left) return;
      left = true;
      this.#free += 1;
      this.#admit();
    });
  }
}
