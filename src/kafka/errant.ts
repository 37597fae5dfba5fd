import { type ErrantCode, RecordError } from '../errors.ts';
import type { RecordOrigin } from './record.ts';

/** A record that can never become a row: where it stands, which room found out, and why. */
export interface Errant {
  readonly record: RecordOrigin;
  readonly stage: 'kafka' | 'decode' | 'csv';
  readonly code: ErrantCode;
  /** Names fields and positions, never values. */
  readonly reason: string;
}

/**
 * Makes an errant record of what a room threw for it. Anything but a `RecordError` is a fault of
 * ours, not of the record, and is thrown again, so that the record is redelivered.
 */
export function errantOf(record: RecordOrigin, stage: Errant['stage'], error: unknown): Errant {
  if (!(error instanceof RecordError)) throw error;
  const { topic, partition, offset, timestamp } = record;
  const { code, reason } = error;
  return { record: { topic, partition, offset, timestamp }, stage, code, reason };
}
