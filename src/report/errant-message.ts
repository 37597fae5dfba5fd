import type { Errant } from '../kafka/errant.ts';
import type { EventRecord } from '../kafka/event.ts';
import type { StrayRow } from '../salesforce/result/fates.ts';

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
export interface Stray extends StrayRow {
  readonly jobId: string;
}

const base64Of = (bytes: readonly number[]): string => Buffer.from(bytes).toString('base64');

/** Headers in order, each name with its bytes as base64. */
function headersOf({ headers }: EventRecord): (readonly [string, string])[] {
  return (headers ?? []).flatMap((header) =>
    Object.entries(header).map(([name, bytes]) => [name, base64Of(bytes)] as const),
  );
}

const rejectionOf = ({ rejection }: Errant) =>
  rejection === null
    ? {}
    : {
        jobId: rejection.jobId,
        errorCode: rejection.errorCode,
        errorMessage: rejection.message,
      };

/** The message without what may be left out of it, and what that is, the largest last. */
function partsOf({ stage, code, reason, ...errant }: Errant, source: EventRecord) {
  const { topic, partition, offset, timestamp, timestampType } = source;
  const coordinates = { topic, partition, offset, timestamp, timestampType };
  return {
    always: {
      ...coordinates,
      stage,
      code,
      reason,
      ...rejectionOf({ stage, code, reason, ...errant }),
    },
    payload: { key: source.key ?? null, headers: headersOf(source), value: source.value ?? null },
  };
}

/**
 * Writes the message of an errant record, at most `maxBytes` long in UTF-8: coordinates, key, value
 * and headers as base64 (null: the record has none), stage, code, reason, and what Salesforce said.
 * What would make it too long is left out, the value first, and named in `omitted`.
 */
export function errantMessage(
  errant: Errant,
  source: EventRecord,
  { origin, maxBytes }: { readonly origin: MessageOrigin; readonly maxBytes: number },
): string {
  const { always, payload } = partsOf(errant, source);
  const omitted: string[] = [];
  for (const next of ['value', 'headers', 'key', null] as const) {
    const kept = Object.entries(payload).filter(([name]) => !omitted.includes(name));
    const message = JSON.stringify({
      ...{ kind: 'errant-record', ...origin, ...always, ...Object.fromEntries(kept) },
      ...(omitted.length === 0 ? {} : { omitted }),
    });
    if (next === null || Buffer.byteLength(message) <= maxBytes) return message;
    omitted.push(next);
  }
  return '';
}

/** Writes the message of a refused row that belongs to no record, as Salesforce gave it back. */
export function strayMessage(
  { jobId, header, cells, error }: Stray,
  { origin, maxBytes }: { readonly origin: MessageOrigin; readonly maxBytes: number },
): string {
  const about = {
    ...{ kind: 'stray-row', ...origin, jobId },
    ...{ errorCode: error.code, errorMessage: error.message },
  };
  const row = Object.fromEntries(header.map((name, column) => [name, cells[column] ?? '']));
  const message = JSON.stringify({ ...about, row });
  return Buffer.byteLength(message) <= maxBytes
    ? message
    : JSON.stringify({ ...about, omitted: ['row'] });
}
