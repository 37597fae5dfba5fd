import type { FieldDescription } from '../object/description.ts';

/** Types whose values have a form in which spaces are wrong. */
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

/** A text without the spaces around it; of a field that holds no text it stays as it is. */
export function trimText(text: string, field: FieldDescription): string {
  return STRICT.has(field.type) ? text : text.trim();
}
