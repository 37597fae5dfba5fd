/**
 * Every error code of a failed flush. `retryable`: the same records may succeed on redelivery
 * without any change to the records or the configuration. Causes and remedies: docs/ERRORS.md.
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

/** The code of a failed flush; codes are stable. */
export type ErrorCode = keyof typeof errorCodes;

/** Further details of an error: never a payload, a token or a secret. */
export interface SinkErrorDetails {
  /** The underlying error; omitted where its message could quote a payload or a token. */
  readonly cause?: unknown;
  /** Salesforce's error code, such as `REQUEST_LIMIT_EXCEEDED`; null when there is none. */
  readonly errorCode?: string | null;
  /** HTTP status of the reply that failed the flush; null when there was none. */
  readonly status?: number | null;
  /** The reply's `Retry-After`, in milliseconds; null when it had none. */
  readonly retryAfterMs?: number | null;
}

/** A failed flush. The message says what failed, where, and how to fix it. */
export class SinkError extends Error {
  static override readonly name = 'SinkError'; // Lambda logs it; the bundler minifies the class name.
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

  /** Returns the error with its records in the message: `… [contacts-3@1000..1999]`. */
  about(records: readonly string[]): SinkError {
    const message = `${this.message} [${records.join(', ')}]`;
    const error = new SinkError(this.code, message.slice(this.code.length + 2), this);
    error.stack = (this.stack ?? '').replace(this.message, () => message);
    return error;
  }
}
