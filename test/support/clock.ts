import type { Clock } from '../../src/runtime/deadline.ts';

/** A clock whose sleeps pass at once for the code, but leave real servers a moment to work. */
export interface QuickClock extends Clock {
  /** The sleeps so far, in milliseconds, as they were asked for. */
  readonly sleeps: number[];
  /** Advances the clock by this number of milliseconds. */
  pass(ms: number): void;
}

/** Makes a clock that runs like the machine's own and jumps over every sleep. */
export function quickClock(): QuickClock {
  const sleeps: number[] = [];
  let skipped = 0;
  return {
    sleeps,
    pass(ms) {
      skipped += ms;
    },
    now: () => Date.now() + skipped,
    sleep: async (ms) => {
      sleeps.push(ms);
      const real = Math.min(ms, 4 + Math.ceil(ms / 500));
      skipped += ms - real;
      await new Promise((resolve) => setTimeout(resolve, real));
    },
  };
}
