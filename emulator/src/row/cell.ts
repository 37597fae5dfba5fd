import type { FieldDescription } from '../object/description.ts';
import type { FieldValue } from '../record/record-store.ts';
import { type RowError, rowError } from './row-error.ts';
import type { MessageName, MessageParts } from './row-messages.ts';

/** A cell; `position` is its column, counted from 0. */
export interface Cell {
  readonly text: string;
  readonly field: FieldDescription;
  readonly position: number;
}

/** A value, or the error of the cell. */
export type CellReading = { readonly value: FieldValue } | { readonly error: RowError };

const XSD_TYPES: Partial<Record<FieldDescription['type'], string>> = {
  boolean: 'boolean',
  date: 'date',
  datetime: 'dateTime',
  time: 'time',
  int: 'int',
  long: 'long',
  double: 'double',
  currency: 'double',
  percent: 'double',
};

/** The type of the field in XML Schema, such as `dateTime`. */
export function xsdType(field: FieldDescription): string {
  return XSD_TYPES[field.type] ?? 'string';
}

/**
 * The error of a value that the type of its field does not take. Recorded: `INVALID_FIELD:Failed to
 * deserialize field at col 3. Due to, 'x' is not a valid value for the type xsd:date:CloseDate --`.
 */
export function undeserialized(cell: Cell): CellReading {
  const { field, position, text } = cell;
  const parts = { detail: position, value: text, name: xsdType(field) };
  return { error: rowError('deserialization', parts, [field.name]) };
}

/**
 * An error of one field whose message begins with its label, as in the REST API.
 * assumption: row-error-wording.
 */
export function fieldError(
  cell: Cell,
  message: MessageName,
  parts: MessageParts = {},
): CellReading {
  const { label, name } = cell.field;
  return { error: rowError(message, { label, value: cell.text, ...parts }, [name]) };
}
