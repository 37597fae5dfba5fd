/** Leaves a slot, for whoever waits longest. */
export type LeaveSlot = () => void;

/** A number of slots, each for one at a time. */
export class Slots {
  #free: number;
  readonly #waiting: ((leave: LeaveSlot) => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a slot and takes it. */
  enter(): Promise<LeaveSlot> {
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
