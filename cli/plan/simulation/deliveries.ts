import {
  redeliveryWaitMs,
  redeliveryWaits,
} from '../../../local/event-source-mapping/redelivery.ts';
import type { Flush, Sink } from './flush.ts';
import type { Part, Topic } from './topic.ts';

/** A batch of a poller, from its first delivery to its commit. */
export interface Batch {
  readonly poller: number;
  readonly parts: readonly Part[];
  readonly records: number;
  /** The delivery, which ends at `endsAt`; a failed one is followed by the next at `againAt`. */
  readonly flush: Flush;
  readonly endsAt: number;
  readonly attempt: number;
  readonly againAt: number | null;
}

/** What happened to a batch in one second. */
export interface Ended {
  readonly batch: Batch;
  readonly now: number;
}

/** The batches in flight: a failed delivery is followed by the next until one succeeds. */
export class Deliveries {
  readonly #topic: Topic;
  readonly #sink: Sink;
  #inFlight: Batch[] = [];
  readonly #own = new Map<number, number>();
  /** The first second at which a delivery ends or begins again. */
  #nextAt = Number.POSITIVE_INFINITY;

  constructor(topic: Topic, sink: Sink) {
    this.#topic = topic;
    this.#sink = sink;
  }

  /** Batches in flight. */
  get inFlight(): number {
    return this.#inFlight.length;
  }

  /** Batches of a poller in flight. */
  of(poller: number): number {
    return this.#own.get(poller) ?? 0;
  }

  /** Delivers a batch for the first time; returns its records. */
  begin(poller: number, parts: readonly Part[], now: number): number {
    const records = parts.reduce((sum, part) => sum + part.records, 0);
    const flush = this.#sink.flush(records, now);
    const endsAt = now + flush.took;
    this.#inFlight.push({ poller, parts, records, flush, endsAt, attempt: 1, againAt: null });
    this.#nextAt = Math.min(this.#nextAt, endsAt);
    this.#own.set(poller, this.of(poller) + 1);
    return records;
  }

  /** Plays a second; returns the deliveries that ended in it. */
  play(now: number): Ended[] {
    if (now < this.#nextAt) return [];
    const ended = this.#end(now);
    this.#deliverAgain(now);
    this.#nextAt = Math.min(...this.#inFlight.map(({ againAt, endsAt }) => againAt ?? endsAt));
    return ended;
  }

  #end(now: number): Ended[] {
    const over = this.#inFlight.filter(({ endsAt, againAt }) => againAt === null && endsAt <= now);
    for (const batch of over) {
      this.#sink.ended(batch.flush, batch.endsAt);
      if (batch.flush.failure !== null) continue;
      this.#topic.commit(batch.parts);
      this.#own.set(batch.poller, this.of(batch.poller) - 1);
    }
    if (over.length === 0) return [];
    this.#inFlight = this.#inFlight.flatMap((batch) => {
      if (!over.includes(batch)) return [batch];
      if (batch.flush.failure === null) return [];
      const waitMs = redeliveryWaitMs(redeliveryWaits, batch.attempt);
      return [{ ...batch, againAt: now + Math.ceil(waitMs / 1000) }];
    });
    return over.map((batch) => ({ batch, now }));
  }

  #deliverAgain(now: number): void {
    this.#inFlight = this.#inFlight.map((batch) => {
      if (batch.againAt === null || batch.againAt > now) return batch;
      const flush = this.#sink.flush(batch.records, now);
      const attempt = batch.attempt + 1;
      return { ...batch, flush, attempt, endsAt: now + flush.took, againAt: null };
    });
  }
}
