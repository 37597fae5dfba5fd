/** The clock and its waits, passed as an argument so that tests can replace them. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The system clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** The time after which no work may be running. */
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

  /** An earlier deadline, `ms` milliseconds before this one, to reserve time for later work. */
  less(ms: number): Deadline {
    return new Deadline(this.#clock, this.at - ms);
  }
}

/** Work did not finish before its deadline. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime';

  constructor() {
    super('no reply in time');
  }
}

/**
 * Resolves to the result of `work`, or throws `NotInTime` at the deadline. The AWS SDK has its own
 * timeouts, which do not follow the invocation's deadline.
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
