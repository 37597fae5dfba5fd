import type { Choices } from '../choices.ts';
import type { FieldValue } from '../record/record-store.ts';
import { inRange, parseDate, parseDateTime, parseTime } from './calendar.ts';
import { type Cell, type CellReading, undeserialized } from './cell.ts';
import { readDouble, readInteger } from './number-cell.ts';
import { readText } from './text-cell.ts';

/** Reads a cell that is neither empty nor `#N/A`. choice: datetime-fraction. choice: time-fraction. */
export function readCell(cell: Cell, choices: Choices): CellReading {
  switch (cell.field.type) {
    case 'boolean':
      return orUndeserialized(parseBoolean(cell.text, choices), cell);
    case 'date':
      return orUndeserialized(inRange(parseDate(cell.text)), cell);
    case 'datetime':
      return orUndeserialized(
        inRange(parseDateTime(cell.text, choices['datetime-fraction'])),
        cell,
      );
    case 'time':
      return orUndeserialized(parseTime(cell.text, choices['time-fraction']), cell);
    case 'int':
    case 'long':
      return readInteger(cell);
    case 'double':
    case 'currency':
    case 'percent':
      return readDouble(cell);
    default:
      return readText(cell);
  }
}

function orUndeserialized(value: FieldValue, cell: Cell): CellReading {
  return value === null ? undeserialized(cell) : { value };
}

/** choice: boolean-forms. */
function parseBoolean(text: string, choices: Choices): boolean | null {
  const lenient = choices['boolean-forms'] === 'bulk-v1';
  const form = lenient ? text.toLowerCase() : text;
  if (form === 'true' || form === '1' || (lenient && form === 'yes')) return true;
  if (form === 'false' || form === '0' || (lenient && form === 'no')) return false;
  return null;
}
