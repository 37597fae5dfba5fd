import type { Config } from '../config/config.ts';
import type { ResultKind } from './result-kind.ts';

/** The retry windows, in the order of the table. */
const retryWindows = ['prior-delivery', 'can-retry', 'next-delivery', 'exhausted'] as const;

/**
 * Whether a row can be sent again. `prior-delivery`: its job is of an earlier delivery, and this one
 * has not tried yet. `can-retry`: a further job is possible. `next-delivery`: one more attempt is
 * left but no time for it, and a redelivery repeats nothing. `exhausted`: attempts are used up, or
 * time is and a redelivery would write other rows again.
 */
export type RetryWindow = (typeof retryWindows)[number];

/** The outcome of a row's records. */
export type Outcome = 'written' | 'retry' | 'errant' | 'redeliver';

type ByWindow = Readonly<Record<RetryWindow, Outcome>>;

/** A line of the table: an outcome for each of `retryWindows`. */
function line(...byWindow: readonly [Outcome, Outcome, Outcome, Outcome]): ByWindow {
  const entries = retryWindows.map((window, index) => [window, byWindow[index]] as const);
  return Object.fromEntries(entries) as ByWindow;
}

/**
 * The outcome of a row by tolerance, kind of result and retry window. With `ERRORS_TOLERANCE=none` a row
 * that an earlier delivery could not write is retried once in each delivery, since its cause may have
 * been corrected; with `all` it is errant at once.
 */
export const outcomes: Readonly<
  Record<Config['errorsTolerance'], Readonly<Record<ResultKind, ByWindow>>>
> = {
  all: {
    written: line('written', 'written', 'written', 'written'),
    rejected: line('errant', 'errant', 'errant', 'errant'),
    transient: line('retry', 'retry', 'redeliver', 'errant'),
    unprocessed: line('retry', 'retry', 'redeliver', 'redeliver'),
  },
  none: {
    written: line('written', 'written', 'written', 'written'),
    rejected: line('retry', 'redeliver', 'redeliver', 'redeliver'),
    transient: line('retry', 'retry', 'redeliver', 'redeliver'),
    unprocessed: line('retry', 'retry', 'redeliver', 'redeliver'),
  },
};
