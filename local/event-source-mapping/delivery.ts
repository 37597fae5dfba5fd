import type { Outcome } from '../lambda-runtime/outcome.ts';
import type { Batch } from './batch.ts';
import { type EventOrigin, kafkaEvent } from './event.ts';
import type { Flush, MappingEvent } from './mapping-event.ts';
import { offsetRanges } from './offset-range.ts';
import { positionsAfter, type RecordSource } from './record-source.ts';
import { type RedeliveryWaits, redeliveryWaitMs } from './redelivery.ts';
import type { Release, Semaphore } from './semaphore.ts';
import type { Sleep } from './sleep.ts';
import { partitionName, type SourceRecord } from './source-record.ts';

/** The source of a batch, and its function. */
export interface DeliveryPorts {
  source: RecordSource;
  invoke: (event: unknown) => Promise<Outcome>;
  onEvent: (event: MappingEvent) => void;
}

/** Settings that all deliveries share. */
export interface DeliverySettings {
  origin: EventOrigin;
  redelivery: RedeliveryWaits;
  sleep: Sleep;
  semaphore: Semaphore;
}

/** A batch and its number. `release` frees the slot acquired for its first invocation. */
export type Delivery = DeliverySettings & { batch: Batch; number: number; release: Release };

/**
 * Delivers one batch until it succeeds, and only then commits it (AWS Lambda developer guide,
 * with-msk-configure).
 *
 * The batch stays the same, except that revoked partitions are left out. It holds no slot while it
 * waits for a redelivery. After `signal` aborts, the invocation in flight is awaited, and committed
 * if it succeeds.
 */
export async function deliver(
  ports: DeliveryPorts,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<void> {
  const { batch, number } = delivery;
  for (const record of batch.oversized) ports.onEvent({ kind: 'record-skipped', record });
  const delivered = await invokeUntilReturned(ports, delivery, signal);
  if (delivered) await commit(ports, delivery, signal);
  const partitions = [...batch.revoked];
  if (partitions.length > 0) ports.onEvent({ kind: 'batch-revoked', batch: number, partitions });
}

/** Whether the batch was delivered; false when `signal` ended it first. */
async function invokeUntilReturned(
  ports: DeliveryPorts,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<boolean> {
  const { batch, redelivery, sleep, semaphore } = delivery;
  let { release } = delivery;
  for (let attempt = 1; ; attempt += 1) {
    const records = notRevoked(batch, batch.records);
    if (records.length === 0 || signal.aborted) {
      release();
      return records.length === 0;
    }
    const flush = describeFlush(delivery, records, attempt);
    const returned = await invokeOnce(ports, kafkaEvent(delivery.origin, records), flush);
    release();
    if (returned) return true;
    if (signal.aborted) return false;
    const waitMs = redeliveryWaitMs(redelivery, attempt);
    ports.onEvent({ kind: 'redelivery-scheduled', flush, waitMs });
    await sleep(waitMs, AbortSignal.any([signal, batch.allRevoked]));
    release = await semaphore.acquire();
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
  const pending = () => positionsAfter(notRevoked(batch, [...batch.records, ...batch.oversized]));
  try {
    const positions = await source.commit(pending, signal);
    if (positions.length > 0) onEvent({ kind: 'committed', batch: number, positions });
  } catch (error) {
    onEvent({ kind: 'commit-failed', batch: number, positions: pending(), error });
  }
}

/** The records whose partitions were not revoked. */
function notRevoked(batch: Batch, records: readonly SourceRecord[]): SourceRecord[] {
  return records.filter((record) => !batch.revoked.has(partitionName(record)));
}
