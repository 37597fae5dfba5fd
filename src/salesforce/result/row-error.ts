import { redact } from './redact.ts';
import { spansOf } from './span.ts';
import { spansOfQuotedValues } from './value-places.ts';

/** What Salesforce says of a row that it refused. */
export interface RowError {
  /** Its code, such as `REQUIRED_FIELD_MISSING`; `UNKNOWN` where it gave none. */
  readonly code: string;
  /** Its message, which may quote values of the row: never for a log. */
  readonly message: string;
  /** Code, message and fields, with whatever came from the row masked: `INVALID_FIELD: …`. */
  readonly redactedMessage: string;
}

/** Errors whose text somebody in the org has written, and which may hold whatever a formula made. */
const freeTexts: ReadonlySet<string> = new Set([
  'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  'DUPLICATES_DETECTED',
  'FIELD_CUSTOM_VALIDATION_EXCEPTION',
]);

/** So much of a message is looked at, and so much of what is left of it is told, in characters. */
const longest = { examined: 1_000, told: 300 } as const;

/** Shorter values stand inside words by chance. */
const partsOfWordsFrom = 3;

/** One failed row: its error, its cells, and the names that the file's header knows. */
export interface FailedRow {
  readonly error: string;
  /** Empty ones may be left out. */
  readonly cells: readonly string[];
  readonly names: readonly string[];
}

/** The names of a header are those of thousands of rows. */
const nameSets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(names: readonly string[]): ReadonlySet<string> {
  const set = nameSets.get(names) ?? new Set(names);
  nameSets.set(names, set);
  return set;
}

/** The parts of an error; `fields` is the list of names as it stands, or empty. */
interface ErrorParts {
  readonly code: string;
  readonly words: string;
  readonly fields: string;
}

/** Takes off the end of an error, without a pattern, since a message may be blanks by the thousand. */
function withoutEnd(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith('--') ? trimmed.slice(0, -2).trimEnd() : text;
}

function partsOf({ error, names }: FailedRow): ErrorParts | null {
  const [, code, rest = ''] = /^([A-Z][A-Z0-9_]*):([\s\S]*)$/.exec(error) ?? [];
  if (code === undefined) return null;
  const text = withoutEnd(rest);
  const colon = text.lastIndexOf(':');
  const fields = text.slice(colon + 1).trim();
  const areFields = fields.split(/\s+/).every((field) => field === '' || setOf(names).has(field));
  if (colon === -1 || !areFields) return { code, words: text.trim(), fields: '' };
  return { code, words: text.slice(0, colon).trim(), fields };
}

/** The whole line is searched for cells, so that no run of one is completed where parts meet. */
function redactedMessageOf(
  { code, words, fields }: ErrorParts,
  { cells, names }: FailedRow,
): string {
  const isFreeText = freeTexts.has(code);
  const examined = isFreeText ? 'see the errant queue' : words.slice(0, longest.examined);
  const start = code.length + 2;
  const end = start + examined.length;
  const text = `${code}: ${examined}${fields === '' ? '' : ` (${fields})`}`;
  const ownWords = isFreeText ? [{ start, end }] : [];
  const places = isFreeText ? [] : spansOfQuotedValues(examined, setOf(names));
  const { mask, shown } = redact({
    text,
    cells,
    partsOfWordsFrom,
    masked: places.map((place) => ({ start: start + place.start, end: start + place.end })),
    kept: [{ start: 0, end: code.length }, ...ownWords, ...spansOf(/\S+/g, fields, end + 2)],
  });
  const whole = shown({ start: 0, end });
  const isCut =
    whole.length > start + longest.told || (!isFreeText && words.length > examined.length);
  const head = isCut ? `${whole.slice(0, start + longest.told).toWellFormed()}${mask}` : whole;
  return head + shown({ start: end, end: text.length });
}

/**
 * Takes `sf__Error` apart: `CODE:message:Field1 Field2 --`, in which the message may hold colons.
 * What stands last counts as fields only if the header knows them all.
 * Source: forcedotcom/dataloader and recorded replies.
 */
export function rowErrorOf(row: FailedRow): RowError {
  const parts = partsOf(row);
  if (parts === null)
    return { code: 'UNKNOWN', message: row.error.trim(), redactedMessage: 'UNKNOWN' };
  const { code, words, fields } = parts;
  const message = fields === '' ? words : `${words} (${fields})`;
  return { code, message, redactedMessage: redactedMessageOf(parts, row) };
}
