import { type FieldValue, type Scalar, TypedValue } from '../decode/decoded-record.ts';
import { RecordError, shown } from '../errors.ts';
import { limits } from './limits.ts';
import { plainDigits, withoutFinalZeros } from './number.ts';
import {
  dateFieldText,
  dateText,
  dateTextOfMoment,
  momentFieldText,
  momentText,
  momentTextOfDate,
  timeFieldText,
  timeText,
} from './time.ts';

/** The form of values that a field takes; `plain`: each value in its own. */
export type FieldForm = 'plain' | 'integer' | 'date' | 'datetime' | 'time';

const forms: ReadonlyMap<string | undefined, FieldForm> = new Map([
  ['int', 'integer'],
  ['long', 'integer'],
  ['date', 'date'],
  ['datetime', 'datetime'],
  ['time', 'time'],
]);

/** The form that a field of a type takes; `type` is Salesforce's name of it, such as `datetime`. */
export function formOf(type: string | undefined): FieldForm {
  return forms.get(type) ?? 'plain';
}

/** What an explicit null becomes: `#N/A`, which clears the field, or an empty cell. */
export type NullValues = 'clear' | 'empty';

/** Cells that stand for null. Source: Bulk API 2.0 developer guide, "Prepare CSV Files". */
const nullCells = { clear: '#N/A', empty: '' } as const;

/** Says whether a cell holds nothing. */
export function isNullCell(cell: string): boolean {
  return cell === nullCells.clear || cell === nullCells.empty;
}

/** Text in the form that the field takes, where it is text of such a value; else as it is. */
const formed: Readonly<Record<FieldForm, (text: string) => string>> = {
  plain: (text) => text,
  integer: (text) => (/^-?\d+\.0+$/.test(text) ? withoutFinalZeros(text) : text),
  date: dateFieldText,
  datetime: momentFieldText,
  time: timeFieldText,
};

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

/** A value whose meaning is known, in the form that the field takes. */
function typedCell(value: Extract<Scalar, TypedValue>, form: FieldForm): string {
  switch (value.kind) {
    case 'decimal':
      return withoutFinalZeros(plainDigits(value.source));
    case 'date':
      return form === 'datetime' ? momentTextOfDate(value.days) : dateText(value.days);
    case 'moment':
      return form === 'date' ? dateTextOfMoment(value.ms) : momentText(value.ms);
    case 'time':
      return timeText(value.ms);
    case 'flaw':
      throw new RecordError(value.code, value.reason);
  }
}

/** The same; a reason that does not say which field it is about gets its name. */
function namedCell(value: Extract<Scalar, TypedValue>, name: string, form: FieldForm): string {
  try {
    return typedCell(value, form);
  } catch (error) {
    const isLocated = value.kind === 'flaw' && value.isLocated;
    if (!(error instanceof RecordError) || isLocated) throw error;
    throw new RecordError(error.code, `${shown(name)}: ${error.reason}`);
  }
}

function scalarCell(value: Exclude<Scalar, null>, name: string, form: FieldForm): string {
  if (typeof value === 'string') {
    const text = textCell(value, name);
    return form === 'plain' ? text : formed[form](text);
  }
  if (typeof value === 'number') return numberCell(value, name);
  return value instanceof TypedValue ? namedCell(value, name, form) : String(value);
}

const isScalar = (value: FieldValue): value is Scalar =>
  typeof value !== 'object' || value === null || value instanceof TypedValue;

/** A multi-select picklist's values: `a;b;c`. */
function listCell(list: readonly FieldValue[], name: string): string {
  const items = list.map((item, index) => {
    if (!isScalar(item)) {
      throw new RecordError('LIST_NOT_SCALAR', `${shown(name)} is an array of objects or arrays`);
    }
    const text = item === null ? '' : scalarCell(item, `${name}[${index}]`, 'plain');
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
 * Writes one value as the text of a cell, before quoting, in the form that its field takes; an empty
 * array says what null says. The field's name is for reasons.
 * Throws the record errors `TEXT_NOT_UNICODE`, `NUMBER_NOT_FINITE`, `LIST_NOT_SCALAR`,
 * `LIST_ITEM_INVALID`, `NUMBER_OUT_OF_RANGE`, `DATE_OUT_OF_RANGE`, `TIME_CUT_OFF`,
 * `FIELD_TOO_LONG`, and that of a `Flaw`.
 */
export function cellOf(
  value: Scalar | readonly FieldValue[],
  name: string,
  { nullValues, form }: { readonly nullValues: NullValues; readonly form: FieldForm },
): string {
  const isNull = value === null || (Array.isArray(value) && value.length === 0);
  if (isNull) return nullCells[nullValues];
  const cell = isScalar(value) ? scalarCell(value, name, form) : listCell(value, name);
  if (cell.length > limits.fieldCharacters) {
    throw new RecordError(
      'FIELD_TOO_LONG',
      `${shown(name)} has ${cell.length} characters, Salesforce takes ${limits.fieldCharacters}`,
    );
  }
  return cell;
}
