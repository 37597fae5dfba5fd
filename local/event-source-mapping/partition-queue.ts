import type { SourceRecord } from './source-record.ts';

/**
 * A record that waits for its delivery.
 *
 * `bytes` is its size in an event; `fits` says whether any event can hold it; `order` counts the
 * records of all partitions as they arrived.
 */
export interface WaitingRecord {
  record: SourceRecord;
  bytes: number;
  fits: boolean;
  order: number;
}

/** The waiting records of one partition, first come, first served. */
export class PartitionQueue {
  readonly name: string;
  /** What the partition itself adds to an event that has a record of it. */
  readonly groupBytes: number;
  #waiting: WaitingRecord[] = [];
  #bytes = 0;

  constructor(name: string, groupBytes: number) {
    this.name = name;
    this.groupBytes = groupBytes;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** The size of its records in an event, each with a comma. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The record at `index`, counted from the front; undefined behind the last one. */
  at(index: number): WaitingRecord | undefined {
    return this.#waiting[index];
  }

  push(waiting: WaitingRecord): void {
    this.#waiting.push(waiting);
    this.#bytes += waiting.bytes + 1;
  }

  /** Takes `count` records off the front. */
  remove(count: number): void {
    for (const { bytes } of this.#waiting.splice(0, count)) this.#bytes -= bytes + 1;
  }
}
