import { bytesInEvent, pollers, recordsPerEvent } from '../limits.ts';
import type { Load } from '../load.ts';
import { Deliveries, type Ended } from './deliveries.ts';
import type { Sink } from './flush.ts';
import { Scaling } from './scaling.ts';
import type { Part, Topic } from './topic.ts';

/**
 * The event source mapping. A poller collects from its partitions that have no batch in flight, from
 * the first record that it can deliver until the window ends or the batch is full.
 */
export class Mapping {
  readonly scaling: Scaling;
  readonly #load: Load;
  readonly #topic: Topic;
  readonly #full: number;
  /** When each poller began to collect; and when it may begin the next batch. */
  readonly #since = new Map<number, number>();
  readonly #readyAt = new Map<number, number>();
  readonly #deliveries: Deliveries;
  #minuteHadFull = false;

  constructor(load: Load, topic: Topic, sink: Sink) {
    this.#load = load;
    this.#topic = topic;
    this.#full = Math.min(load.batchSize, recordsPerEvent(load.bytes));
    this.#deliveries = new Deliveries(topic, sink);
    this.scaling = new Scaling(load, this.#full);
  }

  /** Batches in flight. */
  get inFlight(): number {
    return this.#deliveries.inFlight;
  }

  /** Plays a second; returns the deliveries that ended in it. */
  play(now: number): Ended[] {
    const ended = this.#deliveries.play(now);
    if (now % pollers.onDemand.evaluateSeconds === 0) this.#evaluate(now);
    for (let poller = 0; poller < this.scaling.count; poller++) this.#collect(poller, now);
    return ended;
  }

  #evaluate(now: number): void {
    const all = Array.from({ length: this.#load.partitions }, (_, partition) => partition);
    const waiting = all.reduce((sum, one) => sum + this.#topic.available(one, now), 0);
    this.scaling.evaluate({ waiting, full: this.#minuteHadFull }, now);
    this.#minuteHadFull = false;
  }

  /** Begins the batches of a poller that are due. */
  #collect(poller: number, now: number): void {
    while (this.#isFree(poller, now)) {
      const waiting = this.#waiting(poller, now);
      if (waiting === 0) this.#since.delete(poller);
      if (waiting === 0 || !this.#isDue(poller, waiting, now)) return;
      this.#since.delete(poller);
      if (waiting >= this.#full) this.#minuteHadFull = true;
      this.#begin(poller, this.#topic.take(this.#partitionsOf(poller, now), this.#full, now), now);
    }
  }

  #isFree(poller: number, now: number): boolean {
    const own = this.#deliveries.of(poller);
    return own < this.scaling.invocations && (this.#readyAt.get(poller) ?? 0) <= now;
  }

  /** Records that a batch of the poller could take. */
  #waiting(poller: number, now: number): number {
    let sum = 0;
    for (let one = poller; one < this.#load.partitions; one += this.scaling.count) {
      sum += this.#topic.available(one, now);
    }
    return sum;
  }

  /** Those with the most records first, as they come from the brokers. */
  #partitionsOf(poller: number, now: number): number[] {
    const own: number[] = [];
    for (let one = poller; one < this.#load.partitions; one += this.scaling.count) own.push(one);
    return own.sort((a, b) => this.#topic.available(b, now) - this.#topic.available(a, now));
  }

  #isDue(poller: number, waiting: number, now: number): boolean {
    if (waiting >= this.#full) return true;
    const since = this.#since.get(poller) ?? now;
    this.#since.set(poller, since);
    return now - since >= this.#load.window;
  }

  #begin(poller: number, parts: readonly Part[], now: number): void {
    const records = this.#deliveries.begin(poller, parts, now);
    if (this.#load.pollers === null) return;
    const bytes = records * bytesInEvent(this.#load.bytes);
    this.#readyAt.set(poller, now + bytes / pollers.provisioned.bytesPerSecond);
  }
}
