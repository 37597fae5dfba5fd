import { bulk, daySeconds, maxPartitions, maxWindow } from './limits.ts';
import type { Load } from './load.ts';
import { type Day, type Limit, simulateDay } from './simulation/day.ts';
import { whole } from './text.ts';

/** A change of the sink, the topic or the org, and how a person would make it. */
interface Change {
  readonly to: Partial<Load>;
  readonly text: string;
}

/** How many times as much to try. */
const factors = [1.5, 2, 3, 4, 6, 8, 12, 16];

/** What changes may help against each limit, the least first. */
const changes: Readonly<Record<Limit, (load: Load) => Change[]>> = {
  calls: fewerFlushes,
  batches: fewerFlushes,
  time: shorterJobs,
  pollers: (load) => [...morePollers(load), ...morePartitions(load)],
  partitions: morePartitions,
  partition: (load) => [
    { to: { skew: null }, text: 'use a key that spreads the records over all partitions' },
    ...morePartitions({ ...load, skew: null }).map(({ to, text }) => ({
      to: { ...to, skew: null },
      text: `${text}, and a key that spreads the records over all of them`,
    })),
  ],
  org: shorterJobs,
};

/** Records a second that use up the bulk records of a day. */
const mostRate = Math.floor(bulk.recordsADay / daySeconds);

/** The remedy for more records than an org accepts. */
export const fewerRecords = `reduce the load below ${whole(mostRate)} records/s: filter or merge records before the topic; no setting of the sink helps`;

/**
 * The first change that helps, according to a simulation of the same day: without a break, and as
 * `isFine` says.
 */
export function remedyFor(load: Load, limit: Limit, isFine: (day: Day) => boolean): string {
  if (load.rate > mostRate) return fewerRecords;
  for (const { to, text } of changes[limit](load)) {
    const day = simulateDay({ ...load, ...to });
    if (day.breaks.length === 0 && isFine(day)) return text;
  }
  return 'reduce the load: no other window, pollers or partitions that were simulated are enough';
}

function fewerFlushes(load: Load): Change[] {
  const batchSize = bulk.batchRecords;
  const and = load.batchSize < batchSize ? ` and batchSize to ${whole(batchSize)}` : '';
  const windows = [15, 30, 60, 120, maxWindow].filter((window) => window > load.window);
  const raised = windows.map((window) => ({
    to: { window, batchSize },
    text: `raise batchingWindow to ${window} s${and}`,
  }));
  const one = {
    to: { pollers: 1, window: maxWindow, batchSize },
    text: `run one poller (pollers: { min: 1, max: 1 }), batchingWindow ${maxWindow} s${and}`,
  };
  const size = { to: { batchSize }, text: `raise batchSize to ${whole(batchSize)}` };
  return [...(load.batchSize < batchSize ? [size] : []), ...raised, one];
}

function morePollers(load: Load): Change[] {
  const now = load.pollers ?? 1;
  const counts = factors.map((factor) => Math.min(load.partitions, Math.ceil(now * factor)));
  return [...new Set(counts)]
    .filter((pollers) => pollers > (load.pollers ?? 0))
    .map((pollers) => ({
      to: { pollers },
      text: `provision ${pollers} pollers (pollers: { min: ${pollers} }), which Lambda need not scale to`,
    }));
}

function morePartitions(load: Load): Change[] {
  return factors
    .map((factor) => Math.ceil(load.partitions * factor))
    .filter((partitions) => partitions <= maxPartitions)
    .map((partitions) => {
      const pollers = load.pollers === null ? null : partitions;
      const with_ = pollers === null ? '' : ` and ${pollers} pollers`;
      return {
        to: { partitions, pollers },
        text: `give the topic ${partitions} partitions${with_}`,
      };
    });
}

function shorterJobs({ jobSeconds }: Load): Change[] {
  return [0.75, 0.5, 0.25].map((share) => ({
    to: { jobSeconds: jobSeconds * share },
    text: `make jobs shorter, ${whole(jobSeconds * share)} s for 10,000 rows: fewer triggers, flows and sharing rules of the object`,
  }));
}
