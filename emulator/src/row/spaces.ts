import type { FieldDescription } from '../object/description.ts';

/** Types whose values must not have spaces. */
const STRICT: ReadonlySet<FieldDescription['type']> = new Set([
  'id',
  'reference',
  'boolean',
  'int',
  'long',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'time',
]);

/** A text without the spaces around it; the value of a field that is no text is unchanged. */
export function trimText(text: string, field: FieldDescription): string {
  return STRICT.has(field.type) ? text : text.trim();
}
