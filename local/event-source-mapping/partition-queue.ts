import type { SourceRecord } from './source-record.ts';

/**
 * A record waiting for its delivery.
 *
 * `bytes` is its size in an event; `fits`: some event can hold it; `order` counts the records of
 * all partitions in the order of arrival.
 */
export interface WaitingRecord {
  record: SourceRecord;
  bytes: number;
  fits: boolean;
  order: number;
}

/** The waiting records of one partition, first in, first out. */
export class PartitionQueue {
  readonly name: string;
  /** The size of the partition itself in an event. */
  readonly partitionBytes: number;
  #waiting: WaitingRecord[] = [];
  #bytes = 0;

  constructor(name: string, groupBytes: number) {
    this.name = name;
    this.partitionBytes = groupBytes;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** The size of its records in an event, with commas. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The record at `index`, counted from the front; undefined after the last one. */
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
