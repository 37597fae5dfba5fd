import type { Day, Hour } from './simulation/day.ts';

/** A day as a whole. */
export interface Totals extends Hour {
  /** Half of the day the oldest record that is not in Salesforce is at most so old; in seconds. */
  readonly medianAge: number;
}

/** Sums the counts of a day; of the levels it takes the last lag, and the highest of the others. */
export function totalsOf({ ages, hours }: Day): Totals {
  const sum = (of: (hour: Hour) => number) => hours.reduce((all, hour) => all + of(hour), 0);
  const most = (of: (hour: Hour) => number) => Math.max(...hours.map(of));
  return {
    arrived: sum(({ arrived }) => arrived),
    written: sum(({ written }) => written),
    flushes: sum(({ flushes }) => flushes),
    failed: sum(({ failed }) => failed),
    calls: sum(({ calls }) => calls),
    polls: sum(({ polls }) => polls),
    ledgerReads: sum(({ ledgerReads }) => ledgerReads),
    ledgerPuts: sum(({ ledgerPuts }) => ledgerPuts),
    seconds: sum(({ seconds }) => seconds),
    batches: sum(({ batches }) => batches),
    lag: hours.at(-1)?.lag ?? 0,
    age: most(({ age }) => age),
    pollers: most(({ pollers }) => pollers),
    medianAge: ages[ages.length >> 1] ?? 0,
  };
}
