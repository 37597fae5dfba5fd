/**
 * Every code of an errant record. The record fails again on each redelivery until the record, the
 * settings or Salesforce change. Causes and remedies: docs/ERRORS.md.
 */
export const errantCodes = [
  'BASE64_INVALID',
  'TOMBSTONE',
  'KEY_NOT_ID',
  'KEY_MISSING',
  'KEY_INVALID',
  'KEY_AMBIGUOUS',
  'VALUE_EMPTY',
  'TEXT_NOT_UTF8',
  'TEXT_NOT_UNICODE',
  'JSON_INVALID',
  'VALUE_NOT_OBJECT',
  'VALUE_WITHOUT_FIELDS',
  'CHANGE_EVENT_UNSUPPORTED',
  'CHANGE_EVENT_INVALID',
  'UPDATE_NEEDS_UPSERT',
  'TRANSFORM_FAILED',
  'ENVELOPE_INVALID',
  'CONNECT_TYPE_UNSUPPORTED',
  'FRAME_INVALID',
  'SCHEMA_UNKNOWN',
  'SCHEMA_INVALID',
  'SCHEMA_TYPE_UNSUPPORTED',
  'AVRO_INVALID',
  'PROTOBUF_INVALID',
  'PROTOBUF_TYPE_UNSUPPORTED',
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

/** The code of an errant record; codes are stable. */
export type ErrantCode = (typeof errantCodes)[number];

/**
 * One record that cannot become a row. Every stage catches it and turns it into an `ErrantRecord`.
 * The reason names fields and positions, never values. It has no stack, which nobody would read and which
 * costs more than the record.
 */
export class RecordError extends Error {
  readonly code: ErrantCode;
  readonly reason: string;
  constructor(code: ErrantCode, reason: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`${code}: ${reason}`);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'RecordError';
    this.code = code;
    this.reason = reason;
  }
}

/** Quotes and escapes a name for a reason, cut to 60 characters. */
export function quotedName(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
