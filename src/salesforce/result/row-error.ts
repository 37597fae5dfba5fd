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
  /(?<=numeric field: )[\s\S]*$/,
  /(?<=[Ee]xternal ID: )[\s\S]*(?= not found)/,
  /(?<=value not of required type: )[\s\S]*$/,
  /(?<=invalid email address: )[\s\S]*$/,
  /(?<=')[^']*(?=')/g,
  /(?<=")[^"]*(?=")/g,
];

/** Errors whose text somebody in the org has written, and which may hold whatever a formula made. */
const freeTexts: ReadonlySet<string> = new Set([
  'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  'DUPLICATES_DETECTED',
  'FIELD_CUSTOM_VALIDATION_EXCEPTION',
]);

const mask = '…';

/** Shorter values stand inside words by chance, so they are masked as whole words only. */
const shortValue = 3;

/** Ids of records, and numbers, which may come back in another notation than they were sent in. */
const idsAndNumbers = [/\b[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?\b/g, /\d[\d.,]{4,}(?:[eE][+-]?\d+)?/g];

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Takes every occurrence of a value out of a text, whatever its case. */
function withoutValue(text: string, value: string): string {
  if (value.length > text.length || !text.toLowerCase().includes(value.toLowerCase())) return text;
  const pattern = escaped(value);
  // A pattern of tens of thousands of characters is more than the engine takes.
  if (pattern.length > 10_000) return text.replaceAll(value, mask);
  return text.replace(
    new RegExp(value.length < shortValue ? `\\b${pattern}\\b` : pattern, 'gi'),
    mask,
  );
}

/**
 * Takes out of a message whatever came from the row, so that no value reaches a log and the same
 * fault of many rows reads the same. The longest values go first: one may hold another.
 */
function masked(message: string, cells: readonly string[]): string {
  const values = cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .sort((one, other) => other.length - one.length);
  const withoutCells = values.reduce(withoutValue, message);
  return [...quotedValues, ...idsAndNumbers]
    .reduce((text, pattern) => text.replace(pattern, mask), withoutCells)
    .slice(0, 300);
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
  const words = freeTexts.has(code) ? 'see the errant queue' : masked(ownWords, cells);
  const told = `${code}: ${words}${suffix}`;
  return { code, message: `${ownWords}${suffix}`, told };
}
