import type { Outcome } from '../lambda-runtime/outcome.ts';
import type { Batch } from './batch.ts';
import { type EventOrigin, kafkaEvent } from './event.ts';
import type { Flush, MappingEvent } from './mapping-event.ts';
import { offsetRanges } from './offset-range.ts';
import { positionsAfter, type RecordSource } from './record-source.ts';
import { type RedeliveryWaits, redeliveryWaitMs } from './redelivery.ts';
import type { Sleep } from './sleep.ts';
import type { LeaveSlot, Slots } from './slots.ts';
import { partitionName, type SourceRecord } from './source-record.ts';

/** What a delivery works with: where the batch came from, and where it goes. */
export interface DeliveryPorts {
  source: RecordSource;
  invoke: (event: unknown) => Promise<Outcome>;
  onEvent: (event: MappingEvent) => void;
}

/** How deliveries share slots, wait and name where they come from. */
export interface DeliverySettings {
  origin: EventOrigin;
  redelivery: RedeliveryWaits;
  sleep: Sleep;
  slots: Slots;
}

/** A batch and its number. `leaveSlot` leaves the slot that was taken for its first invocation. */
export type Delivery = DeliverySettings & { batch: Batch; number: number; leaveSlot: LeaveSlot };

/**
 * Delivers one batch until it succeeds, and only then commits it (AWS Lambda developer guide,
 * with-msk-configure).
 *
 * The batch stays as it is, except that partitions which were dropped meanwhile are left out. While
 * it waits for a redelivery it holds no slot. After `signal` aborts, the invocation in flight is
 * still waited for, and committed if it succeeds.
 */
export async function deliver(
  ports: DeliveryPorts,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<void> {
  const { batch, number } = delivery;
  for (const record of batch.passedOver) ports.onEvent({ kind: 'record-passed-over', record });
  const delivered = await invokeUntilReturned(ports, delivery, signal);
  if (delivered) await commit(ports, delivery, signal);
  const partitions = [...batch.lost];
  if (partitions.length > 0) ports.onEvent({ kind: 'batch-lost', batch: number, partitions });
}

/** Whether the batch is done with; false when it was given up because of `signal`. */
async function invokeUntilReturned(
  ports: DeliveryPorts,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<boolean> {
  const { batch, redelivery, sleep, slots } = delivery;
  let { leaveSlot } = delivery;
  for (let attempt = 1; ; attempt += 1) {
    const records = kept(batch, batch.records);
    if (records.length === 0 || signal.aborted) {
      leaveSlot();
      return records.length === 0;
    }
    const flush = describeFlush(delivery, records, attempt);
    const returned = await invokeOnce(ports, kafkaEvent(delivery.origin, records), flush);
    leaveSlot();
    if (returned) return true;
    if (signal.aborted) return false;
    const waitMs = redeliveryWaitMs(redelivery, attempt);
    ports.onEvent({ kind: 'redelivery-scheduled', flush, waitMs });
    await sleep(waitMs, AbortSignal.any([signal, batch.allLost]));
    leaveSlot = await slots.enter();
  }
}

async function invokeOnce(
  { invoke, onEvent }: DeliveryPorts,
  event: unknown,
  flush: Flush,
): Promise<boolean> {
  onEvent({ kind: 'flush-started', flush });
  const outcome = await invoke(event);
  if (outcome.kind === 'returned') onEvent({ kind: 'flush-returned', flush, outcome });
  else onEvent({ kind: 'flush-failed', flush, outcome });
  return outcome.kind === 'returned';
}

function describeFlush(
  { batch, number }: Delivery,
  records: readonly SourceRecord[],
  attempt: number,
): Flush {
  const ranges = offsetRanges(records);
  return { batch: number, attempt, ranges, records: records.length, bytes: batch.bytes };
}

async function commit(
  { source, onEvent }: DeliveryPorts,
  { batch, number }: Delivery,
  signal: AbortSignal,
): Promise<void> {
  const pending = () => positionsAfter(kept(batch, [...batch.records, ...batch.passedOver]));
  try {
    const positions = await source.commit(pending, signal);
    if (positions.length > 0) onEvent({ kind: 'committed', batch: number, positions });
  } catch (error) {
    onEvent({ kind: 'commit-failed', batch: number, positions: pending(), error });
  }
}

/** Those of `records` whose partitions were not dropped since. */
function kept(batch: Batch, records: readonly SourceRecord[]): SourceRecord[] {
  return records.filter((record) => !batch.lost.has(partitionName(record)));
}
