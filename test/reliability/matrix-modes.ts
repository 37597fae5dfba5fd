import type { Mode } from '../support/container.ts';
import { modes } from '../support/modes.ts';
import { deleteBatch } from './delete-batch.ts';
import type { GivenBatch } from './given-batch.ts';
import { insertBatch } from './insert-batch.ts';
import { type Step, stepsOfDeletes, stepsOfInsert } from './steps.ts';

/** A mode with the batch that is delivered in it, and the steps of its flush. */
export interface MatrixMode extends Mode {
  /** Whether no row is written again. */
  readonly once: boolean;
  readonly batchOf: (topic: string) => GivenBatch;
  readonly steps: readonly Step[];
  /** How many tests share the steps, so that no test takes long enough to be waited for. */
  readonly parts: number;
}

const deletes = {
  ERRORS_TOLERANCE: 'all',
  SALESFORCE_OPERATION: 'upsert',
  SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
  TOMBSTONES: 'delete',
};

const deleteModes = [
  {
    ...{ name: 'deletes, job ledger', once: true, ledger: true },
    settings: { ...deletes, LEDGER_TABLE: 'msk-salesforce-sink-ledger' },
  },
];

/** Every mode of the matrix: each promise with inserts, and the job ledger with deletes. */
export const matrixModes: readonly MatrixMode[] = [
  ...modes.map((mode) => ({ ...mode, batchOf: insertBatch, steps: stepsOfInsert(mode), parts: 1 })),
  ...deleteModes.map((mode) => ({
    ...mode,
    batchOf: deleteBatch,
    steps: stepsOfDeletes(mode),
    parts: 3,
  })),
];

/** Some steps of a mode, which one test plays; it has the name of the mode if it plays all. */
export type MatrixPart = Omit<MatrixMode, 'parts'>;

/** Every mode in its parts. */
export const matrixParts: readonly MatrixPart[] = matrixModes.flatMap(({ parts, ...mode }) => {
  const length = Math.ceil(mode.steps.length / parts);
  return Array.from({ length: parts }, (_, nth) => ({
    ...mode,
    name: parts === 1 ? mode.name : `${mode.name}, part ${nth + 1} of ${parts}`,
    steps: mode.steps.slice(nth * length, (nth + 1) * length),
  }));
});
