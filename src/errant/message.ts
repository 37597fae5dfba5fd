import type { ErrantRecord } from '../kafka/errant-record.ts';
import { type EventRecord, headersOf } from '../kafka/event.ts';
import type { UnmatchedRow } from '../salesforce/result/row-result.ts';

/** What an errant record's message says besides the record: whose it is and where it was to go. */
export interface MessageOrigin {
  /** The function's name. */
  readonly sink: string;
  readonly object: string;
  readonly operation: string;
  /** The cluster's ARN, or a digest of its bootstrap servers. */
  readonly cluster: string;
}

/** A refused row that belongs to none of the records, and the job that it was in. */
export interface UnmatchedResult extends UnmatchedRow {
  readonly jobId: string;
}

const base64Of = (bytes: readonly number[]): string => Buffer.from(bytes).toString('base64');

/** Headers in order, each name with its bytes as base64, or null where it has none. */
const namedBytes = (source: EventRecord): (readonly [string, string | null])[] =>
  headersOf(source).map(([name, bytes]) => [name, bytes === null ? null : base64Of(bytes)]);

/** Who it is, and why it is errant. */
function aboutOf({ stage, code, reason, rejection }: ErrantRecord, source: EventRecord) {
  const { topic, partition, offset, timestamp, timestampType } = source;
  return {
    ...{ topic, partition, offset, timestamp, timestampType },
    ...{ stage, code, reason },
    ...(rejection === null ? {} : { jobId: rejection.jobId, errorCode: rejection.errorCode }),
  };
}

/** What it held, and Salesforce's own words, which may quote that: as long as anybody likes. */
function contentOf({ rejection }: ErrantRecord, source: EventRecord) {
  return {
    ...(rejection === null ? {} : { errorMessage: rejection.message }),
    ...{ key: source.key ?? null, headers: namedBytes(source), value: source.value ?? null },
  };
}

/** SQS refuses the two characters that XML does not know and JSON does not escape. */
const textOf = (message: object): string =>
  JSON.stringify(message).replace(/[\ufffe\uffff]/g, (character) =>
    character === '\ufffe' ? '\\ufffe' : '\\uffff',
  );

/**
 * Writes a message with as much of its content as fits into `maxBytes`: the last of it is left out
 * first, and named in `omitted`.
 */
function fitted(about: object, content: object, maxBytes: number): string {
  const parts = Object.entries(content);
  for (let kept = parts.length; ; kept--) {
    const omitted = parts.slice(kept).map(([name]) => name);
    const text = textOf({
      ...about,
      ...Object.fromEntries(parts.slice(0, kept)),
      ...(omitted.length === 0 ? {} : { omitted: omitted.reverse() }),
    });
    if (kept === 0 || Buffer.byteLength(text) <= maxBytes) return text;
  }
}

/** Where a message comes from, and how long it may be, in bytes of UTF-8. */
export interface MessageForm {
  readonly origin: MessageOrigin;
  readonly maxBytes: number;
}

/**
 * Writes the message of an errant record: coordinates, key, value and headers as base64 (null: there
 * is none), stage, code, reason, and what Salesforce said. What would make it longer than
 * `maxBytes` is left out, the value first, and named in `omitted`; some 2 KB always remain.
 */
export function errantMessage(
  errant: ErrantRecord,
  source: EventRecord,
  { origin, maxBytes }: MessageForm,
): string {
  const about = { kind: 'errant-record', ...origin, ...aboutOf(errant, source) };
  return fitted(about, contentOf(errant, source), maxBytes);
}

/** Writes the message of a refused row that belongs to no record, as Salesforce gave it back. */
export function unmatchedMessage(
  { jobId, header, row: { columns, cells }, error }: UnmatchedResult,
  { origin, maxBytes }: MessageForm,
): string {
  const about = { kind: 'unmatched-row', ...origin, jobId, errorCode: error.code };
  const row = Object.fromEntries(
    header.map((name, column) => [name, cells[columns.indexOf(column)] ?? '']),
  );
  return fitted(about, { errorMessage: error.message, row }, maxBytes);
}
