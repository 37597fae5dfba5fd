/**
 * Every way in which a flush can fail. `retryable` says whether the same records, sent again with
 * nothing changed by a person, may succeed. Causes and remedies: docs/ERRORS.md.
 */
export const errorCodes = {
  UNEXPECTED: { retryable: false },
  CONFIG_INVALID: { retryable: false },
  EVENT_INVALID: { retryable: false },
  EVENT_EMPTY: { retryable: false },
  ERRANT_RECORDS: { retryable: false },
  OBJECT_INVALID: { retryable: false },
  FIELDS_UNKNOWN: { retryable: false },
  HEADER_TOO_LONG: { retryable: false },
  DOCUMENT_TOO_LONG: { retryable: false },
  DEADLINE_REACHED: { retryable: true },
  SECRET_NOT_FOUND: { retryable: false },
  SECRET_DENIED: { retryable: false },
  SECRET_INVALID: { retryable: false },
  SECRET_UNAVAILABLE: { retryable: true },
  SCHEMA_REGISTRY_UNAVAILABLE: { retryable: true },
  SCHEMA_REGISTRY_REFUSED: { retryable: false },
  SCHEMA_REGISTRY_REPLY_INVALID: { retryable: true },
  LOGIN_REFUSED: { retryable: false },
  SESSION_REFUSED: { retryable: false },
  SALESFORCE_UNREACHABLE: { retryable: true },
  SALESFORCE_UNAVAILABLE: { retryable: true },
  SALESFORCE_LIMIT: { retryable: true },
  API_USAGE_TOO_HIGH: { retryable: true },
  SALESFORCE_REFUSED: { retryable: false },
  SALESFORCE_REPLY_INVALID: { retryable: true },
  JOB_CREATE_UNKNOWN: { retryable: true },
  JOB_STILL_RUNNING: { retryable: true },
  JOB_FAILED: { retryable: true },
  JOB_ABORTED: { retryable: true },
  JOB_ROWS_FAILED: { retryable: true },
  JOB_ROWS_MISSING: { retryable: true },
  LEDGER_UNAVAILABLE: { retryable: true },
  LEDGER_CONFLICT: { retryable: true },
  LEDGER_REFUSED: { retryable: false },
  LEDGER_INVALID: { retryable: false },
  ERRANT_QUEUE_UNAVAILABLE: { retryable: true },
  ERRANT_QUEUE_REFUSED: { retryable: false },
} as const satisfies Record<string, { retryable: boolean }>;

/** The stable name of a failed flush. */
export type ErrorCode = keyof typeof errorCodes;

/**
 * Every reason for which a single record can never become a row of a job, as long as nobody
 * changes the record or the sink's settings. Causes and remedies: docs/ERRORS.md.
 */
export const errantCodes = [
  'BASE64_INVALID',
  'TOMBSTONE',
  'KEY_NOT_ID',
  'KEY_MISSING',
  'VALUE_EMPTY',
  'TEXT_NOT_UTF8',
  'TEXT_NOT_UNICODE',
  'JSON_INVALID',
  'VALUE_NOT_OBJECT',
  'VALUE_WITHOUT_FIELDS',
  'ENVELOPE_INVALID',
  'CONNECT_TYPE_UNSUPPORTED',
  'FRAME_INVALID',
  'SCHEMA_UNKNOWN',
  'SCHEMA_INVALID',
  'SCHEMA_TYPE_UNSUPPORTED',
  'AVRO_INVALID',
  'DATE_INVALID',
  'DATE_OUT_OF_RANGE',
  'TIME_CUT_OFF',
  'NUMBER_NOT_FINITE',
  'NUMBER_OUT_OF_RANGE',
  'FIELD_NAME_INVALID',
  'FIELD_REPEATED',
  'FIELD_UNKNOWN',
  'FIELD_NOT_WRITABLE',
  'RELATIONSHIP_INVALID',
  'NESTING_TOO_DEEP',
  'LIST_NOT_SCALAR',
  'LIST_ITEM_INVALID',
  'FIELD_TOO_LONG',
  'RECORD_TOO_LONG',
  'TOO_MANY_FIELDS',
  'ROW_REJECTED',
] as const;

/** The stable name of what makes a record errant. */
export type ErrantCode = (typeof errantCodes)[number];

/** What an error may carry besides its message: never a payload, a token or a secret. */
export interface SinkErrorDetails {
  /** The error underneath; left out where its message could quote a payload or a token. */
  readonly cause?: unknown;
  /** Salesforce's own error code, such as `REQUEST_LIMIT_EXCEEDED`; null when it gave none. */
  readonly errorCode?: string | null;
  /** HTTP status of the reply that failed the flush; null when there was none. */
  readonly status?: number | null;
  /** What the reply's `Retry-After` said, in milliseconds; null when it said nothing. */
  readonly retryAfterMs?: number | null;
}

/** A failed flush: says what and where, and what to do about it. */
export class SinkError extends Error {
  static override readonly name = 'SinkError'; // Lambda logs it; a bundler shortens the class's own.
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly errorCode: string | null;
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(code: ErrorCode, message: string, details: SinkErrorDetails = {}) {
    const { cause, errorCode = null, status = null, retryAfterMs = null } = details;
    super(`${code}: ${message}`, cause === undefined ? undefined : { cause });
    this.name = 'SinkError';
    this.code = code;
    this.retryable = errorCodes[code].retryable;
    this.errorCode = errorCode;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  /** The same error with the records it is about: `… [contacts-3@1000..1999]`. */
  about(records: readonly string[]): SinkError {
    const located = `${this.message} [${records.join(', ')}]`;
    const error = new SinkError(this.code, located.slice(this.code.length + 2), this);
    error.stack = (this.stack ?? '').replace(this.message, () => located);
    return error;
  }
}

/**
 * Thrown inside `decode` and `csv` for one record that cannot become a row, and caught there:
 * it never leaves the room. The reason names fields and positions, never values.
 */
export class RecordError extends Error {
  readonly code: ErrantCode;
  readonly reason: string;
  constructor(code: ErrantCode, reason: string) {
    super(`${code}: ${reason}`);
    this.name = 'RecordError';
    this.code = code;
    this.reason = reason;
  }
}

/** Shows a name in a reason: quoted, with escapes, and never longer than a name should be. */
export function shown(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
