/** The clock and the waits, as an argument, so that tests can stand in for them. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** The moment after which nothing may be under way any more. */
export class Deadline {
  readonly #clock: Clock;
  /** Milliseconds since 1970. */
  readonly at: number;

  constructor(clock: Clock, at: number) {
    this.#clock = clock;
    this.at = at;
  }

  /** Milliseconds left; 0 when it has passed. */
  left(): number {
    return Math.max(0, this.at - this.#clock.now());
  }

  /** The same deadline with some time kept back for what comes after. */
  less(ms: number): Deadline {
    return new Deadline(this.#clock, this.at - ms);
  }
}

/** Work was not done within the invocation's time. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime';

  constructor() {
    super('no reply in time');
  }
}

/**
 * Gives what `work` resolves to, or throws `NotInTime` at the deadline: the AWS SDK has time-outs
 * of its own, which know nothing of the invocation's.
 */
export async function within<T>(deadline: Deadline, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NotInTime()), deadline.left());
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
