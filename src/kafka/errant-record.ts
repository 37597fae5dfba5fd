import { type ErrantCode, RecordError } from '../errors.ts';
import type { RecordOrigin } from './record.ts';

/** Where a record can be found errant. */
export const stages = ['kafka', 'decode', 'shape', 'csv', 'object', 'salesforce'] as const;

/** A record that will not be a row: where it stands, which room found out, and why. */
export interface ErrantRecord {
  readonly record: RecordOrigin;
  readonly stage: (typeof stages)[number];
  readonly code: ErrantCode;
  /** Names fields and positions, never values. */
  readonly reason: string;
  /** What Salesforce said of its row; null when it never got there. */
  readonly rejection: Rejection | null;
}

/** Why Salesforce refused a row. */
export interface Rejection {
  readonly jobId: string;
  /** Salesforce's own code, such as `REQUIRED_FIELD_MISSING`. */
  readonly errorCode: string;
  /** Salesforce's own message, which may quote values: for the errant queue, never for a log. */
  readonly message: string;
}

/**
 * Makes an errant record of what a room threw for it. Anything but a `RecordError` is a fault of
 * ours, not of the record, and is thrown again, so that the record is redelivered.
 */
export function toErrantRecord(
  record: RecordOrigin,
  stage: ErrantRecord['stage'],
  error: unknown,
): ErrantRecord {
  if (!(error instanceof RecordError)) throw error;
  const { code, reason } = error;
  return { record, stage, code, reason, rejection: null };
}

/** Makes an errant record of a record whose row Salesforce refused for good. */
export function toRejectedRecord(
  record: RecordOrigin,
  error: {
    readonly jobId: string;
    readonly code: string;
    readonly message: string;
    readonly redactedMessage: string;
  },
): ErrantRecord {
  const { jobId, code: errorCode, message, redactedMessage } = error;
  return {
    record,
    stage: 'salesforce',
    code: 'ROW_REJECTED',
    reason: redactedMessage,
    rejection: { jobId, errorCode, message },
  };
}
