import { coordinatesText } from '../kafka/coordinates.ts';
import type { ErrantRecord } from '../kafka/errant-record.ts';
import type { EventRecord } from '../kafka/event.ts';
import type { Deadline } from '../runtime/deadline.ts';
import type { Log } from '../runtime/log.ts';
import type { UnmatchedJobRow } from './message.ts';

/** What a flush could not write and will not retry. */
export interface ErrantReport {
  readonly errants: readonly ErrantRecord[];
  readonly unmatched: readonly UnmatchedJobRow[];
  /** All records of the event. */
  readonly sources: readonly EventRecord[];
  readonly cluster: string;
}

/** Reports errant records. */
export interface ErrantRecordReporter {
  /**
   * Checks, before any job is created, that records can be reported. Throws
   * `ERRANT_QUEUE_UNAVAILABLE`, `ERRANT_QUEUE_REFUSED`.
   */
  check(deadline: Deadline): Promise<void>;
  /** Resolves once the whole report is stored. Throws as `check` does. */
  report(report: ErrantReport, deadline: Deadline): Promise<void>;
}

/** Logs one line for each errant record and unmatched result, without payloads. */
export function logReport(
  { errants, unmatched }: Pick<ErrantReport, 'errants' | 'unmatched'>,
  log: Log,
): void {
  for (const { record, stage, code, reason, rejection } of errants) {
    const errorCode = rejection === null ? {} : { error_code: rejection.errorCode };
    log.error('errant record', {
      record: coordinatesText(record),
      stage,
      code,
      ...errorCode,
      reason,
    });
  }
  for (const { jobId, error } of unmatched) {
    const { code, redactedMessage } = error;
    log.error('unmatched row', {
      job_id: jobId,
      error_code: code,
      reason: redactedMessage,
    });
  }
}

/** For sinks without an errant queue: errant records are only logged. */
export const logOnly: ErrantRecordReporter = {
  check: async () => undefined,
  report: async () => undefined,
};
