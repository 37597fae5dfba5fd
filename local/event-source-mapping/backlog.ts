import type { Batch, BatchLimits } from './batch.ts';
import { cutBatch } from './cut-batch.ts';
import type { EventOrigin } from './event.ts';
import { type EventSize, eventSize } from './event-size.ts';
import { PartitionQueue } from './partition-queue.ts';
import type { RecordBuffer } from './record-source.ts';
import { partitionName, type SourceRecord, type TopicPartition } from './source-record.ts';

/** How much may wait or be in flight, in bytes of event, before the source has to pause. */
const defaultCapacityBytes = 64 * 1024 * 1024;

/** `capacityBytes` is 64 MiB by default. */
export interface BacklogSettings {
  origin: EventOrigin;
  limits: BatchLimits;
  capacityBytes?: number;
}

/** A batch in flight, with what only the backlog changes about it. */
interface InFlight {
  partitions: ReadonlySet<string>;
  revoked: Set<string>;
  end: AbortController;
}

/**
 * The records that were read but not yet delivered, by partition.
 *
 * A partition with a batch in flight is blocked until that batch is released. A partition has
 * capacity for about one batch. Above the total capacity, only a partition with nothing waiting and
 * nothing in flight has capacity, so that blocked partitions never starve the others.
 */
export class Backlog implements RecordBuffer {
  readonly #limits: BatchLimits;
  readonly #capacityBytes: number;
  readonly #size: EventSize;
  readonly #queues = new Map<string, PartitionQueue>();
  readonly #inFlight = new Map<Batch, InFlight>();
  #order = 0;
  #ended = false;
  #change = Promise.withResolvers<void>();

  constructor({ origin, limits, capacityBytes = defaultCapacityBytes }: BacklogSettings) {
    this.#limits = limits;
    this.#capacityBytes = capacityBytes;
    this.#size = eventSize(origin);
  }

  hasCapacity(partition: TopicPartition): boolean {
    const name = partitionName(partition);
    const { length = 0, bytes = 0 } = this.#queues.get(name) ?? {};
    if (length >= this.#limits.maxRecords || bytes >= this.#limits.maxBytes) return false;
    return this.#bytes() < this.#capacityBytes || (length === 0 && !this.#blocked().has(name));
  }

  put(record: SourceRecord): void {
    const name = partitionName(record);
    const queue = this.#queues.get(name) ?? new PartitionQueue(name, this.#size.partition(name));
    this.#queues.set(name, queue);
    const bytes = this.#size.record(record);
    const fits = this.#size.empty + queue.partitionBytes + bytes <= this.#limits.maxBytes;
    queue.push({ record, bytes, fits, order: this.#order++ });
    this.wake();
  }

  drop(partitions: readonly TopicPartition[]): void {
    for (const name of partitions.map(partitionName)) {
      this.#queues.delete(name);
      for (const inFlight of this.#inFlight.values()) {
        if (inFlight.partitions.has(name)) inFlight.revoked.add(name);
        if (inFlight.revoked.size === inFlight.partitions.size) inFlight.end.abort();
      }
    }
    this.wake();
  }

  changed(): Promise<void> {
    return this.#change.promise;
  }

  /** Resolves every wait for a change. */
  wake(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }

  /** No record will be put any more. */
  end(): void {
    this.#ended = true;
    this.wake();
  }

  /** `waiting`: a batch can be cut; `full`: it cannot grow; `over`: everything is delivered. */
  state(): 'empty' | 'waiting' | 'full' | 'over' {
    const free = this.#free();
    if (free.length > 0) return this.#ended || this.#fills(free) ? 'full' : 'waiting';
    return this.#ended && this.#inFlight.size === 0 ? 'over' : 'empty';
  }

  /** Cuts a batch and blocks its partitions until `release`; null when nothing can be cut. */
  cut(): Batch | null {
    const free = this.#free();
    if (free.length === 0) return null;
    const cut = cutBatch(free, this.#size.empty, this.#limits);
    const partitions = new Set([...cut.records, ...cut.oversized].map(partitionName));
    const inFlight: InFlight = { partitions, revoked: new Set(), end: new AbortController() };
    const batch: Batch = { ...cut, revoked: inFlight.revoked, allRevoked: inFlight.end.signal };
    this.#inFlight.set(batch, inFlight);
    this.wake();
    return batch;
  }

  /** Ends a batch, delivered or not, and unblocks its partitions. */
  release(batch: Batch): void {
    this.#inFlight.delete(batch);
    this.wake();
  }

  #free(): PartitionQueue[] {
    const blocked = this.#blocked();
    return [...this.#queues.values()].filter(
      ({ name, length }) => length > 0 && !blocked.has(name),
    );
  }

  #fills(free: readonly PartitionQueue[]): boolean {
    const records = free.reduce((sum, { length }) => sum + length, 0);
    const bytes = free.reduce((sum, queue) => sum + queue.partitionBytes + queue.bytes, -1);
    return records >= this.#limits.maxRecords || this.#size.empty + bytes > this.#limits.maxBytes;
  }

  #blocked(): ReadonlySet<string> {
    return new Set([...this.#inFlight.values()].flatMap(({ partitions }) => [...partitions]));
  }

  #bytes(): number {
    const waiting = this.#queues.values().reduce((sum, { bytes }) => sum + bytes, 0);
    return this.#inFlight.keys().reduce((sum, { bytes }) => sum + bytes, waiting);
  }
}
