import type { BatchLimits } from './batch.ts';
import type { PartitionQueue, WaitingRecord } from './partition-queue.ts';
import type { SourceRecord } from './source-record.ts';

/** The content of a batch; `bytes` is the size of the event that holds `records`. */
export interface CutRecords {
  records: SourceRecord[];
  oversized: SourceRecord[];
  bytes: number;
}

/**
 * Takes the oldest records off the front of `queues`, as many as one event holds.
 *
 * A record that no event can hold is taken as oversized. `emptyBytes` is the size of an event
 * without records.
 */
export function cutBatch(
  queues: readonly PartitionQueue[],
  emptyBytes: number,
  limits: BatchLimits,
): CutRecords {
  const taken = new Map(queues.map((queue) => [queue, 0]));
  const cut: CutRecords = { records: [], oversized: [], bytes: emptyBytes };
  const grouped = new Set<PartitionQueue>();
  while (cut.records.length < limits.maxRecords) {
    const next = firstWaiting(taken);
    if (next === null || !addTo(cut, next, { grouped, maxBytes: limits.maxBytes })) break;
    taken.set(next.queue, next.index + 1);
  }
  for (const [queue, count] of taken) queue.remove(count);
  return cut;
}

interface Next {
  queue: PartitionQueue;
  index: number;
  waiting: WaitingRecord;
}

/** The waiting record that arrived first; null when none is left. */
function firstWaiting(taken: ReadonlyMap<PartitionQueue, number>): Next | null {
  let first: Next | null = null;
  for (const [queue, index] of taken) {
    const waiting = queue.at(index);
    if (waiting === undefined) continue;
    if (first === null || waiting.order < first.waiting.order) first = { queue, index, waiting };
  }
  return first;
}

/** Adds the record, unless the event is full; `grouped` are the partitions in the event. */
function addTo(
  cut: CutRecords,
  { queue, waiting }: Next,
  { grouped, maxBytes }: { grouped: Set<PartitionQueue>; maxBytes: number },
): boolean {
  if (!waiting.fits) {
    cut.oversized.push(waiting.record);
    return true;
  }
  const comma = cut.records.length > 0 ? 1 : 0;
  const bytes = cut.bytes + comma + waiting.bytes + (grouped.has(queue) ? 0 : queue.partitionBytes);
  if (bytes > maxBytes) return false;
  cut.records.push(waiting.record);
  cut.bytes = bytes;
  grouped.add(queue);
  return true;
}
