import { germanLabel } from './german-labels.ts';
import { type MessageName, type MessageParts, rowMessages } from './row-messages.ts';

/** The error of a row, of which `sf__Error` is made. */
export interface RowError {
  readonly code: string;
  readonly message: MessageName;
  /** Values of the placeholders of the message. */
  readonly parts: MessageParts;
  /** API names of the fields at fault; may be empty. */
  readonly fields: readonly string[];
}

/** The language of row errors, which is that of the user that the app runs as. */
export type Language = 'english' | 'german';

/** Most characters of a value that the German messages quote. */
const QUOTED = 35;

/** A row error. */
export function rowError(
  message: MessageName,
  parts: MessageParts = {},
  fields: readonly string[] = [],
): RowError {
  return { code: rowMessages[message].code, message, parts, fields };
}

/**
 * The text of `sf__Error`: `CODE:message:Field1 Field2 --`, and `CODE:message:--` without fields
 * (recorded results; Data Loader parses the same grammar). assumption: row-error-wording.
 */
export function formatRowError(error: RowError, language: Language): string {
  const fields = error.fields.map((name) => `${name} `).join('');
  return `${error.code}:${word(error, language)}:${fields}--`;
}

function word({ message, parts, fields }: RowError, language: Language): string {
  const { english, german } = rowMessages[message];
  if (language === 'english' || german === undefined) return fill(english, parts);
  const { label = '', value = '' } = parts;
  const translated = { label: germanLabel(fields[0]) ?? label, value: value.slice(0, QUOTED) };
  return fill(german, { ...parts, ...translated });
}

/** Replaces the placeholders of a pattern, such as `{value}`. */
function fill(pattern: string, parts: MessageParts): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: keyof MessageParts) => String(parts[name] ?? ''));
}
