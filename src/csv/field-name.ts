import { fieldPath } from '../config/field-path.ts';
import { quotedName, RecordError } from '../record-error.ts';

/** Above any name in Salesforce: namespace, relationship and field take about 130. */
const maxLength = 255;

/** Tells whether a Salesforce field can have this name. */
export const isFieldName = (name: string): boolean =>
  name.length <= maxLength && fieldPath.test(name);

/** A column's name without the type of its relationship: `Owner.Email` of `User:Owner.Email`. */
export const withoutType = (name: string): string => name.replace(/^[^.:]*:/, '');

/**
 * Throws the record error `FIELD_NAME_INVALID` for a name that no Salesforce field can have.
 * Salesforce would fail the whole job for such a column.
 */
export function checkFieldName(name: string): void {
  if (isFieldName(name)) return;
  // A field of a relationship may be the key of a map, which is data.
  const dot = name.indexOf('.');
  const field = dot === -1 ? quotedName(name) : `a field of ${quotedName(name.slice(0, dot))}`;
  throw new RecordError(
    'FIELD_NAME_INVALID',
    `${field} cannot be a Salesforce field name; rename it or map it to null with FIELD_MAP`,
  );
}
