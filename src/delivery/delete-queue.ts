import type { Row } from '../rows/row.ts';
import { type KeyQueue, nextRun, queueOf } from './key-queue.ts';

/**
 * Whether the next row of a queue is a delete. It replaces the rows before it, which are never sent
 * if it succeeds.
 */
export const deletesNext = ({ open }: KeyQueue): boolean => open.at(-1)?.isDelete === true;

/** What a refused delete leaves. */
export interface RefusedDelete {
  /** The deletes that did not happen, oldest first. */
  readonly deletes: readonly Row[];
  /** The rows that they would have replaced, and what follows; null: nothing. */
  readonly queue: KeyQueue | null;
}

/** The queue after its delete was refused: the rows before it are sent after all. */
export function afterRefusedDelete(queue: KeyQueue): RefusedDelete {
  const byKind = Map.groupBy(queue.open, ({ isDelete = false }) => isDelete);
  const deletes = byKind.get(true) ?? [];
  const [first, ...others] = byKind.get(false) ?? [];
  if (first === undefined) return { deletes, queue: nextRun(queue) };
  return { deletes, queue: queueOf([[first, ...others], ...queue.later]) };
}
