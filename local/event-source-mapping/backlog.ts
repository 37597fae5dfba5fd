import type { Batch, BatchLimits } from './batch.ts';
import { cutBatch } from './cut-batch.ts';
import type { EventOrigin } from './event.ts';
import { type EventSize, eventSize } from './event-size.ts';
import { PartitionQueue } from './partition-queue.ts';
import type { Intake } from './record-source.ts';
import { partitionName, type SourceRecord, type TopicPartition } from './source-record.ts';

/** How much of what was read may wait or be out, in bytes of event, before reading slows down. */
const defaultCapacityBytes = 64 * 1024 * 1024;

/** What a backlog is for; `capacityBytes` is 64 MiB by default. */
export interface BacklogSettings {
  origin: EventOrigin;
  limits: BatchLimits;
  capacityBytes?: number;
}

/** A batch that is out, with what only the backlog changes about it. */
interface Out {
  partitions: ReadonlySet<string>;
  lost: Set<string>;
  end: AbortController;
}

/**
 * The records that were read and are not yet done with, partition by partition.
 *
 * A partition of which a batch is out is held: nothing more of it is cut until that batch is
 * released. A partition has room for about one batch. Beyond the capacity, only a partition with
 * nothing waiting and nothing out has room, so that those held up never starve the others.
 */
export class Backlog implements Intake {
  readonly #limits: BatchLimits;
  readonly #capacityBytes: number;
  readonly #size: EventSize;
  readonly #queues = new Map<string, PartitionQueue>();
  readonly #out = new Map<Batch, Out>();
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
    return this.#bytes() < this.#capacityBytes || (length === 0 && !this.#held().has(name));
  }

  put(record: SourceRecord): void {
    const name = partitionName(record);
    const queue = this.#queues.get(name) ?? new PartitionQueue(name, this.#size.group(name));
    this.#queues.set(name, queue);
    const bytes = this.#size.record(record);
    const fits = this.#size.empty + queue.groupBytes + bytes <= this.#limits.maxBytes;
    queue.push({ record, bytes, fits, order: this.#order++ });
    this.wake();
  }

  drop(partitions: readonly TopicPartition[]): void {
    for (const name of partitions.map(partitionName)) {
      this.#queues.delete(name);
      for (const out of this.#out.values()) {
        if (out.partitions.has(name)) out.lost.add(name);
        if (out.lost.size === out.partitions.size) out.end.abort();
      }
    }
    this.wake();
  }

  changed(): Promise<void> {
    return this.#change.promise;
  }

  /** Ends every wait for a change. */
  wake(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }

  /** Says that no record comes any more. */
  end(): void {
    this.#ended = true;
    this.wake();
  }

  /** `waiting` while a batch can be cut, `full` when it cannot grow, `over` when all is done. */
  state(): 'empty' | 'waiting' | 'full' | 'over' {
    const free = this.#free();
    if (free.length > 0) return this.#ended || this.#fills(free) ? 'full' : 'waiting';
    return this.#ended && this.#out.size === 0 ? 'over' : 'empty';
  }

  /** Cuts a batch and holds its partitions until `release`; null when nothing can be cut. */
  cut(): Batch | null {
    const free = this.#free();
    if (free.length === 0) return null;
    const cut = cutBatch(free, this.#size.empty, this.#limits);
    const partitions = new Set([...cut.records, ...cut.passedOver].map(partitionName));
    const out: Out = { partitions, lost: new Set(), end: new AbortController() };
    const batch: Batch = { ...cut, lost: out.lost, allLost: out.end.signal };
    this.#out.set(batch, out);
    this.wake();
    return batch;
  }

  /** Says that a batch is done with, whichever way, and frees its partitions. */
  release(batch: Batch): void {
    this.#out.delete(batch);
    this.wake();
  }

  #free(): PartitionQueue[] {
    const held = this.#held();
    return [...this.#queues.values()].filter(({ name, length }) => length > 0 && !held.has(name));
  }

  #fills(free: readonly PartitionQueue[]): boolean {
    const records = free.reduce((sum, { length }) => sum + length, 0);
    const bytes = free.reduce((sum, queue) => sum + queue.groupBytes + queue.bytes, -1);
    return records >= this.#limits.maxRecords || this.#size.empty + bytes > this.#limits.maxBytes;
  }

  #held(): ReadonlySet<string> {
    return new Set([...this.#out.values()].flatMap(({ partitions }) => [...partitions]));
  }

  #bytes(): number {
    const waiting = this.#queues.values().reduce((sum, { bytes }) => sum + bytes, 0);
    return this.#out.keys().reduce((sum, { bytes }) => sum + bytes, waiting);
  }
}
