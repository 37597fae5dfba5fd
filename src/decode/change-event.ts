import { RecordError } from '../record-error.ts';
import { type Fields, type FieldValue, isFields } from './decoded-record.ts';
import { parseExtendedJson } from './extended-json.ts';

/** What a decoded value says about its row. */
export type Change =
  | (Origin & { readonly kind: 'row'; readonly fields: Fields; readonly isUpdate: boolean })
  | Deletion;

/** Where a change comes from. */
interface Origin {
  /** The change event that holds the row; absent if the value is the row. */
  readonly event?: Fields;
}

/** A value that says that its row is gone. */
export interface Deletion extends Origin {
  readonly kind: 'delete';
  /** The row's last fields, or its key with the rest unset; null: unknown. */
  readonly fields: Fields | null;
  /** What says so, as the start of a reason. */
  readonly cause: string;
  /** True if the fields are all that the row had, so that a zero is one. */
  readonly isWhole?: boolean;
}

/** Debezium's operations. Source: Debezium documentation, "Change event values". */
const operations: ReadonlySet<unknown> = new Set(['c', 'r', 'u', 'd', 't', 'm']);

/**
 * Tells whether fields are Debezium's change event: `op` and `source`, with the row before or after
 * the change. A logical decoding message has `message` instead.
 */
function isChangeEvent(fields: Fields): boolean {
  if (!Object.hasOwn(fields, 'op') || !operations.has(fields['op'])) return false;
  if (!Object.hasOwn(fields, 'source') || !isFields(fields['source'])) return false;
  return ['before', 'after', 'message'].some((name) => Object.hasOwn(fields, name));
}

/** A document of MongoDB, which Debezium writes as text; null: it is not an object in JSON. */
function documentOf(text: string): Fields | null {
  try {
    const row = parseExtendedJson(text);
    return isFields(row) ? row : null;
  } catch (error) {
    if (error instanceof RecordError) return null;
    throw error;
  }
}

/** The row in `before` or `after`; null: there is none. */
function rowIn(value: FieldValue | undefined): Fields | null {
  if (typeof value === 'string') return documentOf(value);
  return isFields(value) ? value : null;
}

/** The row of a change event. Throws the record error `CHANGE_EVENT_INVALID`. */
function rowAfter({ after, op }: Fields): Fields {
  const row = rowIn(after);
  if (row !== null) return row;
  throw new RecordError(
    'CHANGE_EVENT_INVALID',
    `the change event has "op" ${JSON.stringify(op)} and no row in "after"`,
  );
}

/** The cause of a delete. */
const deleted = 'the record is a delete ("op" is "d")';

const unsupported: Readonly<Record<string, string>> = {
  t: 'the change event truncates its table, which a sink cannot do to an object',
  m: 'the change event is a message of the database, not a row',
};

/**
 * Reads what a value says about its row: the row itself, or the row in Debezium's change event, or
 * its deletion. Throws the record errors `CHANGE_EVENT_UNSUPPORTED` for a truncated table and a
 * message, and `CHANGE_EVENT_INVALID`.
 */
export function changeOf(fields: Fields): Change {
  if (!isChangeEvent(fields)) return { kind: 'row', fields, isUpdate: false };
  const op = String(fields['op']);
  const reason = unsupported[op];
  if (reason !== undefined) throw new RecordError('CHANGE_EVENT_UNSUPPORTED', reason);
  const event = fields;
  if (op !== 'd') return { kind: 'row', fields: rowAfter(event), isUpdate: op === 'u', event };
  // MongoDB's text is the document before the change, which other databases may only have in part.
  const isWhole = typeof event['before'] === 'string';
  return { kind: 'delete', fields: rowIn(event['before']), cause: deleted, isWhole, event };
}
