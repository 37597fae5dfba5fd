import { at } from '../kafka/coordinates.ts';
import type { ErrantRecord } from '../kafka/errant-record.ts';
import type { EventRecord } from '../kafka/event.ts';
import type { Deadline } from '../runtime/deadline.ts';
import type { Log } from '../runtime/log.ts';
import type { UnmatchedResult } from './message.ts';

/** What a flush could not write and does not send again. */
export interface Report {
  readonly errants: readonly ErrantRecord[];
  readonly unmatched: readonly UnmatchedResult[];
  /** All records of the event as it has them. */
  readonly sources: readonly EventRecord[];
  readonly cluster: string;
}

/** Where errant records go. */
export interface Reporter {
  /** Makes sure, before anything is written, that a report could be taken. */
  check(deadline: Deadline): Promise<void>;
  /** Resolves when all of the report is kept. */
  report(report: Report, deadline: Deadline): Promise<void>;
}

/** Writes one line for each of them: where it stands and why, without its payload. */
export function logReport(
  { errants, unmatched }: Pick<Report, 'errants' | 'unmatched'>,
  log: Log,
): void {
  for (const { record, stage, code, reason, rejection } of errants) {
    const errorCode = rejection === null ? {} : { error_code: rejection.errorCode };
    log.error('errant record', { record: at(record), stage, code, ...errorCode, reason });
  }
  for (const { jobId, error } of unmatched) {
    const { code, redactedMessage } = error;
    log.error('errant row of no record', {
      job_id: jobId,
      error_code: code,
      reason: redactedMessage,
    });
  }
}

/** Without a queue, a line in the log is all there is. */
export const logOnly: Reporter = {
  check: async () => undefined,
  report: async () => undefined,
};
