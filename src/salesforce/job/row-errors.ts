import { parse } from 'csv-parse/sync';
import type { HttpReply } from '../../http/send.ts';
import { AttemptFailed, failureOfReply } from '../call/failure.ts';

/** One kind of rejection and how many rows met it. */
export interface RowErrors {
  /** Salesforce's code and message, with whatever came from a row masked: `INVALID_FIELD: …`. */
  readonly error: string;
  readonly rows: number;
}

/** Where Salesforce is known to quote a value, whole or cut short. */
const quotedValues: readonly RegExp[] = [
  /(?<=Due to, ')[\s\S]*(?=' is not a valid value)/,
  /(?<=data value too large: )[\s\S]*(?= \(max length)/,
  /(?<=restricted picklist field: )[\s\S]*$/,
  /(?<=external id specified: )[\s\S]*$/,
  /(?<=[Ee]xternal ID: )[\s\S]*(?= not found)/,
  /(?<=value not of required type: )[\s\S]*$/,
  /(?<=invalid email address: )[\s\S]*$/,
  /(?<=')[^']*(?=')/g,
  /(?<=")[^"]*(?=")/g,
];

const mask = '…';

/** Shorter values stand inside words by chance, so they are masked as whole words only. */
const shortValue = 3;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Finds every cell of a row in a text, whatever its case; the longest first. */
function cellsPattern(cells: readonly string[]): RegExp | null {
  const values = cells
    .filter((cell) => cell.trim() !== '')
    .sort((one, other) => other.length - one.length)
    .map((cell) => (cell.length < shortValue ? `\\b${escaped(cell)}\\b` : escaped(cell)));
  return values.length === 0 ? null : new RegExp(values.join('|'), 'gi');
}

/**
 * Takes out of a message whatever came from the row, so that no value reaches a log and the same
 * fault of many rows reads the same.
 */
function masked(message: string, cells: readonly string[]): string {
  const pattern = cellsPattern(cells);
  const withoutCells = pattern === null ? message : message.replace(pattern, mask);
  const withoutQuotes = quotedValues.reduce(
    (text, quote) => text.replace(quote, mask),
    withoutCells,
  );
  return withoutQuotes.replace(/\b[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?\b/g, mask).slice(0, 300);
}

/** One failed row: its error, its cells, and the names that the file's header knows. */
interface FailedRow {
  readonly error: string;
  readonly cells: readonly string[];
  readonly names: readonly string[];
}

/**
 * Takes `sf__Error` apart: `CODE:message:Field1 Field2 --`, in which the message may hold colons.
 * What stands last counts as fields only if the header knows them all.
 * Source: forcedotcom/dataloader and recorded replies.
 */
function rowError({ error, cells, names }: FailedRow): string {
  const [, code, rest = ''] = /^([A-Z][A-Z0-9_]*):([\s\S]*)$/.exec(error) ?? [];
  if (code === undefined) return 'UNKNOWN';
  const text = rest.replace(/\s*--\s*$/, '');
  const colon = text.lastIndexOf(':');
  const fields = text.slice(colon + 1).trim();
  const areFields = fields.split(/\s+/).every((field) => field === '' || names.includes(field));
  if (colon === -1 || !areFields) return `${code}: ${masked(text.trim(), cells)}`;
  const message = masked(text.slice(0, colon).trim(), cells);
  return `${code}: ${message}${fields === '' ? '' : ` (${fields})`}`;
}

/** Reads the file; the parser's error is not kept, since it may quote a row. */
function parseResults(reply: HttpReply): string[][] {
  try {
    return parse(reply.body, { relax_column_count: true });
  } catch {
    throw new AttemptFailed(failureOfReply(reply, 'the failed rows in CSV'));
  }
}

/**
 * Counts the distinct errors in a `failedResults` file, most frequent first. The file's first two
 * columns are `sf__Id` and `sf__Error`; the others are the row as it was sent. Throws
 * `AttemptFailed` when it is no CSV or holds no failed row.
 */
export function rowErrorsOf(reply: HttpReply): RowErrors[] {
  const [header = [], ...rows] = parseResults(reply);
  const errorColumn = header.indexOf('sf__Error');
  if (errorColumn === -1 || rows.length === 0) {
    throw new AttemptFailed(failureOfReply(reply, 'the failed rows in CSV'));
  }
  const names = header.slice(2);
  const counts = new Map<string, number>();
  for (const row of rows) {
    const failed = { error: row[errorColumn] ?? '', cells: row.slice(2), names };
    const error = rowError(failed);
    counts.set(error, (counts.get(error) ?? 0) + 1);
  }
  return [...counts]
    .map(([error, count]) => ({ error, rows: count }))
    .sort((one, other) => other.rows - one.rows);
}
