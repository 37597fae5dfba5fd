import type { Load } from '../../../cli/plan/load.ts';
import { type Day, simulateDay } from '../../../cli/plan/simulation/day.ts';

/** What the command line `--rate 100 --bytes 400` is. */
export const sampleLoad: Load = {
  ...{ rate: 100, bytes: 400, profile: 'flat' },
  ...{ partitions: 3, skew: null, pollers: null },
  ...{ batchSize: 10_000, window: 60, memory: 512, ledger: true, errant: 0.001 },
  ...{ jobSeconds: 30, orgJobs: 20, apiLimit: 100_000, seed: 1 },
};

/** The simulated day of a load that differs from the sample. */
export const dayOf = (load: Partial<Load>): Day => simulateDay({ ...sampleLoad, ...load });
