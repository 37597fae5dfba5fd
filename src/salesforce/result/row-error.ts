/** What Salesforce says of a row that it refused. */
export interface RowError {
  /** Its code, such as `REQUIRED_FIELD_MISSING`; `UNKNOWN` where it gave none. */
  readonly code: string;
  /** Its message, which may quote values of the row: never for a log. */
  readonly message: string;
  /** Code, message and fields, with whatever came from the row masked: `INVALID_FIELD: …`. */
  readonly told: string;
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
export interface FailedRow {
  readonly error: string;
  readonly cells: readonly string[];
  readonly names: readonly string[];
}

/**
 * Takes `sf__Error` apart: `CODE:message:Field1 Field2 --`, in which the message may hold colons.
 * What stands last counts as fields only if the header knows them all.
 * Source: forcedotcom/dataloader and recorded replies.
 */
export function rowErrorOf({ error, cells, names }: FailedRow): RowError {
  const [, code, rest = ''] = /^([A-Z][A-Z0-9_]*):([\s\S]*)$/.exec(error) ?? [];
  if (code === undefined) return { code: 'UNKNOWN', message: error.trim(), told: 'UNKNOWN' };
  const text = rest.replace(/\s*--\s*$/, '');
  const colon = text.lastIndexOf(':');
  const fields = text.slice(colon + 1).trim();
  const areFields = fields.split(/\s+/).every((field) => field === '' || names.includes(field));
  const ownWords = colon === -1 || !areFields ? text.trim() : text.slice(0, colon).trim();
  const suffix = colon === -1 || !areFields || fields === '' ? '' : ` (${fields})`;
  const told = `${code}: ${masked(ownWords, cells)}${suffix}`;
  return { code, message: `${ownWords}${suffix}`, told };
}
