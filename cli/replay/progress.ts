import type { EventLimits } from './events.ts';
import type { Settled } from './ports.ts';

/** The settings of a replay. */
export interface ReplayOrder extends EventLimits {
  /** The function's name. */
  readonly sink: string;
  /** The sink's code or Salesforce's; null: every record. */
  readonly code: string | null;
  /** True after a request to stop. */
  readonly stopped: () => boolean;
}

/** The progress of a replay. In a dry run, `errant` are those that would fail again before a job. */
export interface Progress extends Required<Settled> {
  /** Messages received. */
  readonly received: number;
  /** Records sent to the sink. */
  readonly replayed: number;
  /** Records that a real run would send, in a dry run. */
  readonly fit: number;
  /** Records that were sent and whose result never came, because an error ended the replay. */
  readonly unanswered: number;
  /** Messages of settled records that may not have been deleted, for the same reason. */
  readonly undeleted: number;
  /** Messages that stay in the queue, by reason. */
  readonly kept: ReadonlyMap<string, number>;
}

/** The counts before the first message. */
export const noCounts = {
  received: 0,
  replayed: 0,
  fit: 0,
  written: 0,
  errant: 0,
  skipped: 0,
  unanswered: 0,
  undeleted: 0,
};

/** What is known of records that are compared with nothing. */
export const uncompared: Pick<Progress, 'outdated' | 'failing'> = { outdated: [], failing: [] };

/** Messages that stay in the queue, by reason. */
export class Kept {
  readonly counts = new Map<string, number>();

  add(why: string, messages = 1): void {
    this.counts.set(why, (this.counts.get(why) ?? 0) + messages);
  }
}
