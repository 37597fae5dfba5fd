import { z } from 'zod';
import { repetition } from './repetition.ts';

/** Which rows a fault is for: those whose cells have the given text in the given columns. */
const rows = {
  match: z.record(z.string(), z.string()).default({}),
  object: z.string().optional(),
};

/** A fault of single rows. */
export const rowFault = z.strictObject({
  /** `CODE:message:Field --`, or a code alone. */
  rowError: z.string().min(1),
  ...rows,
  ...repetition,
});

/**
 * A fault of rows of an upsert whose key a record has. It is as if another job had added that record
 * after this one looked for it: the row is inserted, which the record refuses if the key is unique.
 */
export const upsertFault = z.strictObject({
  upsert: z.literal('compete'),
  ...rows,
  ...repetition,
});

/** A fault of single rows, complete. */
export type RowFault = z.output<typeof rowFault>;

/** A fault of rows of an upsert, complete. */
export type UpsertFault = z.output<typeof upsertFault>;
