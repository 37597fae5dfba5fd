import { allocationAssumptions } from './allocation-assumptions.ts';
import type { Assumption } from './assumption.ts';
import { callAssumptions } from './call-assumptions.ts';
import { fileAssumptions } from './file-assumptions.ts';
import { jobAssumptions } from './job-assumptions.ts';
import { queryAssumptions } from './query-assumptions.ts';
import { recordAssumptions } from './record-assumptions.ts';
import { valueAssumptions } from './value-assumptions.ts';

/** Every assumption of the emulator; its README lists the same ones. */
export const assumptions: Readonly<Record<string, Assumption>> = {
  ...jobAssumptions,
  ...fileAssumptions,
  ...recordAssumptions,
  ...valueAssumptions,
  ...queryAssumptions,
  ...callAssumptions,
  ...allocationAssumptions,
};
