import { type ErrantCode, RecordError } from '../record-error.ts';
import type { RecordOrigin } from './record.ts';

/** The stages in which a record can become errant, in order. */
export const stages = ['kafka', 'decode', 'mapping', 'csv', 'object', 'salesforce'] as const;

/** A record that will not become a row: its coordinates, and the stage, code and reason. */
export interface ErrantRecord {
  readonly record: RecordOrigin;
  readonly stage: (typeof stages)[number];
  readonly code: ErrantCode;
  /** Names fields and positions, never values. */
  readonly reason: string;
  /** Salesforce's error for its row; null when the row was never sent. */
  readonly rejection: Rejection | null;
}

/** Why Salesforce rejected a row. */
export interface Rejection {
  readonly jobId: string;
  /** Salesforce's error code, such as `REQUIRED_FIELD_MISSING`. */
  readonly errorCode: string;
  /** Salesforce's message, which may quote values: for the errant queue, never for the log. */
  readonly message: string;
}

/**
 * Turns a `RecordError` into an errant record. Any other error is a bug in the function, not in the
 * record, and is rethrown, so that the record is redelivered.
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

/** Creates the errant record of a row that Salesforce rejected permanently. */
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
