import type { RecordOrigin } from '../../src/kafka/record.ts';
import type { Replay } from './events.ts';
import type { Handle, Received } from './message.ts';

/** The result of a replay event. */
export interface Settled {
  readonly written: number;
  /** Records that failed again and became new messages. */
  readonly errant: number;
  /** Records that an earlier replay had written. */
  readonly skipped: number;
  /** Records that were left out, because their row was written after them. */
  readonly outdated: readonly Outdated[];
  /** Of a dry run: the records that would fail again before a job. */
  readonly failing?: readonly Failing[];
}

/** A record, and the code with which it would fail again. */
export interface Failing extends RecordOrigin {
  readonly code: string;
}

/** A record, and when its row was last written, in milliseconds since 1970. */
export interface Outdated extends RecordOrigin {
  readonly writtenAt: number;
}

/** The errant queue and the sink. */
export interface ReplayPorts {
  /** Receives at most ten messages and hides them; none when the queue is empty. */
  receive(): Promise<readonly Received[]>;
  /** Hides messages for their full time again. */
  hold(messages: readonly Handle[]): Promise<void>;
  remove(messages: readonly Handle[]): Promise<void>;
  /** Makes messages visible at once. */
  giveBack(messages: readonly Handle[]): Promise<void>;
  /**
   * Resolves when the sink has finished the event; rejects when it failed or the result is unknown.
   */
  invoke(event: Replay['event']): Promise<Settled>;
}
