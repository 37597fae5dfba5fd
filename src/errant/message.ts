import type { ErrantRecord } from '../kafka/errant-record.ts';
import { type EventRecord, headersOf } from '../kafka/event.ts';
import type { UnmatchedRow } from '../salesforce/result/row-result.ts';

/** The sink that a message comes from. */
export interface MessageOrigin {
  /** The function's name. */
  readonly sink: string;
  readonly object: string;
  readonly operation: string;
  /** See `clusterOf`. */
  readonly cluster: string;
}

/** A rejected row in a job's results that matches no record of the flush, and its job. */
export interface UnmatchedJobRow extends UnmatchedRow {
  readonly jobId: string;
}

const base64Of = (bytes: readonly number[]): string => Buffer.from(bytes).toString('base64');

/** Headers in order, each with its bytes as base64; null when it has none. */
const headersInBase64 = (source: EventRecord): (readonly [string, string | null])[] =>
  headersOf(source).map(([name, bytes]) => [name, bytes === null ? null : base64Of(bytes)]);

/** The fields that are always in the message: coordinates, stage, code and reason. */
function metadataOf({ stage, code, reason, rejection }: ErrantRecord, source: EventRecord) {
  const { topic, partition, offset, timestamp, timestampType } = source;
  return {
    topic,
    partition,
    offset,
    timestamp,
    timestampType,
    stage,
    code,
    reason,
    ...(rejection === null ? {} : { jobId: rejection.jobId, errorCode: rejection.errorCode }),
  };
}

/** The fields of unbounded length: Salesforce's message, key, headers and value. */
function payloadOf({ rejection }: ErrantRecord, source: EventRecord) {
  return {
    ...(rejection === null ? {} : { errorMessage: rejection.message }),
    key: source.key ?? null,
    headers: headersInBase64(source),
    value: source.value ?? null,
  };
}

/** Escapes the two characters that SQS rejects and JSON does not escape. */
const textOf = (message: object): string =>
  JSON.stringify(message).replace(/[\ufffe\uffff]/g, (character) =>
    character === '\ufffe' ? '\\ufffe' : '\\uffff',
  );

/**
 * Serializes a message of at most `maxBytes`. Fields of the payload that do not fit are omitted,
 * the last one first, and listed in `omitted`.
 */
function serialized(metadata: object, payload: object, maxBytes: number): string {
  const parts = Object.entries(payload);
  for (let kept = parts.length; ; kept--) {
    const omitted = parts.slice(kept).map(([name]) => name);
    const text = textOf({
      ...metadata,
      ...Object.fromEntries(parts.slice(0, kept)),
      ...(omitted.length === 0 ? {} : { omitted: omitted.reverse() }),
    });
    if (kept === 0 || Buffer.byteLength(text) <= maxBytes) return text;
  }
}

/** The origin of messages, and their maximum size in bytes of UTF-8. */
export interface MessageForm {
  readonly origin: MessageOrigin;
  readonly maxBytes: number;
}

/**
 * Serializes an errant record: coordinates, stage, code, reason, Salesforce's error, and key, value
 * and headers as base64 (null when absent). Fields that do not fit into `maxBytes` are omitted, the
 * value first, and listed in `omitted`; about 2 KB always remain.
 */
export function errantMessage(
  errant: ErrantRecord,
  source: EventRecord,
  { origin, maxBytes }: MessageForm,
): string {
  const metadata = { kind: 'errant-record', ...origin, ...metadataOf(errant, source) };
  return serialized(metadata, payloadOf(errant, source), maxBytes);
}

/** Serializes a rejected row that matches no record, as Salesforce returned it. */
export function unmatchedMessage(
  { jobId, header, row: { columns, cells }, error }: UnmatchedJobRow,
  { origin, maxBytes }: MessageForm,
): string {
  const metadata = { kind: 'unmatched-row', ...origin, jobId, errorCode: error.code };
  const row = Object.fromEntries(
    header.map((name, column) => [name, cells[columns.indexOf(column)] ?? '']),
  );
  return serialized(metadata, { errorMessage: error.message, row }, maxBytes);
}
