import type { ChoiceName } from 'salesforce-bulk-emulator';
import type { Probe } from '../probe.ts';
import { callProbes } from './call-probes.ts';
import { createProbes } from './create-probes.ts';
import { fileProbes } from './file-probes.ts';
import { jobProbes } from './job-probes.ts';
import { queryProbes } from './query-probes.ts';
import { recordProbes } from './record-probes.ts';
import { resultProbes } from './result-probes.ts';
import { valueProbes } from './value-probes.ts';

/** One question for each choice of the emulator: a choice without one does not compile. */
export const probes: Readonly<Record<ChoiceName, Probe>> = {
  ...createProbes,
  ...jobProbes,
  ...fileProbes,
  ...resultProbes,
  ...recordProbes,
  ...valueProbes,
  ...queryProbes,
  ...callProbes,
};
