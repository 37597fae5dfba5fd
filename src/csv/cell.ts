import { Decimal, type FieldValue, type Scalar } from '../decode/row.ts';
import { RecordError, shown } from '../errors.ts';
import { limits } from './limits.ts';
import { plainDigits } from './number.ts';

/** What an explicit null becomes: `#N/A`, which clears the field, or an empty cell. */
export type NullValues = 'clear' | 'empty';

/** Cells that stand for null. Source: Bulk API 2.0 developer guide, "Prepare CSV Files". */
const nullCells = { clear: '#N/A', empty: '' } as const;

/** Says whether a cell holds nothing. */
export function isNullCell(cell: string): boolean {
  return cell === nullCells.clear || cell === nullCells.empty;
}

function textCell(text: string, name: string): string {
  if (!text.isWellFormed()) {
    throw new RecordError('TEXT_NOT_UNICODE', `${shown(name)} holds half of a surrogate pair`);
  }
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function numberCell(number: number, name: string): string {
  if (!Number.isFinite(number)) {
    throw new RecordError(
      'NUMBER_NOT_FINITE',
      `${shown(name)} is ${Number.isNaN(number) ? 'NaN' : 'infinite'}`,
    );
  }
  const text = String(number);
  return text.includes('e') ? plainDigits(text) : text;
}

function scalarCell(value: Exclude<Scalar, null>, name: string): string {
  if (typeof value === 'string') return textCell(value, name);
  if (typeof value === 'number') return numberCell(value, name);
  return value instanceof Decimal ? plainDigits(value.source) : String(value);
}

const isScalar = (value: FieldValue): value is Scalar =>
  typeof value !== 'object' || value === null || value instanceof Decimal;

/** A multi-select picklist's values: `a;b;c`. */
function listCell(list: readonly FieldValue[], name: string): string {
  const items = list.map((item) => {
    if (!isScalar(item)) {
      throw new RecordError('LIST_NOT_SCALAR', `${shown(name)} is an array of objects or arrays`);
    }
    const text = item === null ? '' : scalarCell(item, name);
    if (text === '' || text.includes(';')) {
      const flaw = text === '' ? 'an empty item' : 'an item with a semicolon';
      throw new RecordError(
        'LIST_ITEM_INVALID',
        `${shown(name)} has ${flaw}, which a;b;c cannot hold`,
      );
    }
    return text;
  });
  return items.join(';');
}

/**
 * Writes one value as the text of a cell, before quoting; an empty array says what null says.
 * The field's name is for reasons.
 * Throws the record errors `TEXT_NOT_UNICODE`, `NUMBER_NOT_FINITE`, `LIST_NOT_SCALAR`,
 * `LIST_ITEM_INVALID`, `NUMBER_OUT_OF_RANGE` and `FIELD_TOO_LONG`.
 */
export function cellOf(
  value: Scalar | readonly FieldValue[],
  name: string,
  nullValues: NullValues,
): string {
  const isNull = value === null || (Array.isArray(value) && value.length === 0);
  if (isNull) return nullCells[nullValues];
  const cell = isScalar(value) ? scalarCell(value, name) : listCell(value, name);
  if (cell.length > limits.fieldCharacters) {
    throw new RecordError(
      'FIELD_TOO_LONG',
      `${shown(name)} has ${cell.length} characters, Salesforce takes ${limits.fieldCharacters}`,
    );
  }
  return cell;
}
