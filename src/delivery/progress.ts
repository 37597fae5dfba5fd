import type { Columns } from '../csv/columns.ts';
import type { Draft } from '../csv/draft.ts';
import type { KeyOf } from '../csv/key.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { Memory } from '../ledger/memory.ts';
import type { Delivered } from './delivery-parts.ts';
import type { Judged } from './judge.ts';

/** The usable rows of a flush, and what the ledger remembers. */
export interface ToDeliver {
  /** Each of one record, in the order of the event. */
  readonly drafts: readonly Draft[];
  readonly columns: Columns;
  readonly keyOf: KeyOf;
  /** All records of the event. */
  readonly event: readonly RecordOrigin[];
  readonly memory: Memory;
}

/** What has become of the rows so far, and those that are still to be sent. */
export interface Progress extends Delivered {
  readonly todo: readonly Draft[];
  readonly tries: ReadonlyMap<RecordOrigin, Tries>;
  /** Records that a job of an earlier delivery did not write. */
  readonly again: ReadonlySet<RecordOrigin>;
}

/** In how many jobs of this invocation a record was sent; it begins anew when its row is taken apart. */
interface Tries {
  readonly share: string;
  readonly times: number;
}

/** What has become of the rows after some of them were judged. */
export const after = (progress: Progress, { errants, strays, again }: Judged): Progress => ({
  ...progress,
  errants: [...progress.errants, ...errants],
  strays: [...progress.strays, ...strays],
  todo: [...progress.todo, ...again],
});
