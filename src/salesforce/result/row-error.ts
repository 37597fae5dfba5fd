import { redact } from './redact.ts';
import { spansOf } from './span.ts';
import { spansOfQuotedValues } from './value-places.ts';

/** The error of a rejected row. */
export interface RowError {
  /** Its code, such as `REQUIRED_FIELD_MISSING`; `UNKNOWN` where it gave none. */
  readonly code: string;
  /** Its message, which may quote values of the row: never for a log. */
  readonly message: string;
  /** Code, message and fields, with whatever came from the row masked: `INVALID_FIELD: …`. */
  readonly redactedMessage: string;
}

/** Errors whose text is written in the org and may contain any value, as by a formula. */
const freeTexts: ReadonlySet<string> = new Set([
  'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  'DUPLICATES_DETECTED',
  'FIELD_CUSTOM_VALIDATION_EXCEPTION',
]);

/** Maximum number of characters of a message that are examined, and that are kept in the redacted message. */
const longest = { examined: 1_000, kept: 300 } as const;

/** Values with fewer characters occur inside words by chance. */
const partsOfWordsFrom = 3;

/** A failed row: its error, its cells, and the names in the file's header. */
export interface FailedRow {
  readonly error: string;
  /** Empty ones may be omitted. */
  readonly cells: readonly string[];
  readonly names: readonly string[];
}

/** Cached, since thousands of rows share one header. */
const nameSets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(names: readonly string[]): ReadonlySet<string> {
  const set = nameSets.get(names) ?? new Set(names);
  nameSets.set(names, set);
  return set;
}

/** The parts of an error; `fields` is the original list of names, or empty. */
interface ErrorParts {
  readonly code: string;
  readonly words: string;
  readonly fields: string;
}

/** Removes the end of an error; not by a pattern, since a message may contain thousands of blanks. */
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

/** Redacts the whole line at once, so that no run of a cell survives across two parts. */
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
    whole.length > start + longest.kept || (!isFreeText && words.length > examined.length);
  const head = isCut ? `${whole.slice(0, start + longest.kept).toWellFormed()}${mask}` : whole;
  return head + shown({ start: end, end: text.length });
}

/**
 * Parses `sf__Error`: `CODE:message:Field1 Field2 --`, where the message may contain colons. The last
 * part counts as fields only if the header has them all.
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
