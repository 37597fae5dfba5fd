import { type FieldValue, type Scalar, TypedValue } from '../decode/decoded-record.ts';
import { quotedName, RecordError } from '../record-error.ts';
import { type FieldFormat, textInFormat } from './field-format.ts';
import { limits } from './limits.ts';
import { plainDigits, withoutTrailingZeros } from './number-text.ts';
import {
  dateText,
  dateTextOfTimestamp,
  dateTimeText,
  dateTimeTextOfDate,
  timeText,
} from './time.ts';

/** How an explicit null is written: `#N/A`, which clears the field, or an empty cell. */
export type NullValues = 'clear' | 'empty';

/** The cells of null. Source: Bulk API 2.0 developer guide, "Prepare CSV Files". */
const nullCells = { clear: '#N/A', empty: '' } as const;

/** Tells whether a cell is empty or clears its field. */
export function isNullCell(cell: string): boolean {
  return cell === nullCells.clear || cell === nullCells.empty;
}

/** What a cell may not have as its text has it: a carriage return, half of a surrogate pair. */
const changed = /[\r\ud800-\udfff]/;

function textCell(text: string, name: string): string {
  if (!changed.test(text)) return text;
  if (!text.isWellFormed()) {
    throw new RecordError(
      'TEXT_NOT_UNICODE',
      `${quotedName(name)} contains half of a surrogate pair`,
    );
  }
  return text.replace(/\r\n?/g, '\n');
}

function numberCell(number: number, name: string): string {
  if (!Number.isFinite(number)) {
    throw new RecordError(
      'NUMBER_NOT_FINITE',
      `${quotedName(name)} is ${Number.isNaN(number) ? 'NaN' : 'infinite'}`,
    );
  }
  const text = String(number);
  return text.includes('e') ? plainDigits(text) : text;
}

/** Writes a typed value in the format of its Salesforce field. */
function typedCell(value: Extract<Scalar, TypedValue>, format: FieldFormat): string {
  switch (value.kind) {
    case 'decimal':
      return withoutTrailingZeros(plainDigits(value.source));
    case 'date':
      return format === 'datetime' ? dateTimeTextOfDate(value.days) : dateText(value.days);
    case 'timestamp':
      return format === 'date' ? dateTextOfTimestamp(value.ms) : dateTimeText(value.ms);
    case 'time':
      return timeText(value.ms);
    case 'invalid':
      throw new RecordError(value.code, value.reason);
  }
}

/** Like `typedCell`, but adds the field's name to a reason that does not name it. */
function namedCell(value: Extract<Scalar, TypedValue>, name: string, format: FieldFormat): string {
  try {
    return typedCell(value, format);
  } catch (error) {
    const namesField = value.kind === 'invalid' && value.namesField;
    if (!(error instanceof RecordError) || namesField) throw error;
    throw new RecordError(error.code, `${quotedName(name)}: ${error.reason}`);
  }
}

function scalarCell(value: Exclude<Scalar, null>, name: string, format: FieldFormat): string {
  if (typeof value === 'string') return textInFormat(textCell(value, name), format);
  if (typeof value === 'number') return numberCell(value, name);
  return value instanceof TypedValue ? namedCell(value, name, format) : String(value);
}

const isScalar = (value: FieldValue): value is Scalar =>
  typeof value !== 'object' || value === null || value instanceof TypedValue;

/** Formats an array as the values of a multi-select picklist: `a;b;c`. */
function listCell(list: readonly FieldValue[], name: string): string {
  const items = list.map((item, index) => {
    if (!isScalar(item)) {
      throw new RecordError(
        'LIST_NOT_SCALAR',
        `${quotedName(name)} is an array of objects or arrays; send scalars`,
      );
    }
    const text = item === null ? '' : scalarCell(item, `${name}[${index}]`, 'plain');
    if (text === '' || text.includes(';')) {
      const problem = text === '' ? 'an empty item' : 'an item with a semicolon';
      throw new RecordError(
        'LIST_ITEM_INVALID',
        `${quotedName(name)} has ${problem}, which a multi-select picklist (a;b;c) cannot hold`,
      );
    }
    return text;
  });
  return items.join(';');
}

/**
 * Formats a value as a cell, before quoting. An empty text or array is written like null. The
 * field's name is for reasons. Throws the record errors `TEXT_NOT_UNICODE`, `NUMBER_NOT_FINITE`,
 * `LIST_NOT_SCALAR`, `LIST_ITEM_INVALID`, `NUMBER_OUT_OF_RANGE`, `DATE_OUT_OF_RANGE`,
 * `TIME_CUT_OFF`, `FIELD_TOO_LONG`, and that of an `InvalidValue`.
 */
export function cellOf(
  value: Scalar | readonly FieldValue[],
  name: string,
  { nullValues, format }: { readonly nullValues: NullValues; readonly format: FieldFormat },
): string {
  // Salesforce ignores an empty cell, so an empty text would leave the old value as it is.
  const isNull = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isNull) return nullCells[nullValues];
  const cell = isScalar(value) ? scalarCell(value, name, format) : listCell(value, name);
  if (cell.length > limits.fieldCharacters) {
    throw new RecordError(
      'FIELD_TOO_LONG',
      `${quotedName(name)} has ${cell.length} characters, and Salesforce takes ${limits.fieldCharacters} at most`,
    );
  }
  return cell;
}
