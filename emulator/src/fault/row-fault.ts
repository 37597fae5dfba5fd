import { z } from 'zod';
import { repetition } from './repetition.ts';

/** The rows that a fault matches: those whose cells have the given text by column name. */
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
 * A fault of rows of an upsert whose key a record has: the row is inserted, as if another job had
 * added that record just now. With a unique key it fails with `DUPLICATE_VALUE`.
 */
export const upsertFault = z.strictObject({
  upsert: z.literal('compete'),
  ...rows,
  ...repetition,
});

/** A fault of single rows, with defaults. */
export type RowFault = z.output<typeof rowFault>;

/** A fault of rows of an upsert, with defaults. */
export type UpsertFault = z.output<typeof upsertFault>;
