import { parseId } from '../org/salesforce-id.ts';
import { type Cell, type CellReading, fieldError } from './cell.ts';

const EMAIL = /^[^\s@,;<>()[\]"\\]+@[^\s@,;<>()[\]"\\.]+(\.[^\s@,;<>()[\]"\\.]+)+$/;

/** Reads a cell of a field that holds text, a picklist value or an id. */
export function readText(cell: Cell): CellReading {
  const { type, restrictedPicklist } = cell.field;
  if (type === 'id' || type === 'reference') return readId(cell);
  if (restrictedPicklist) {
    const values = type === 'multipicklist' ? cell.text.split(';') : [cell.text];
    const bad = values.find((value) => !isActive(cell, value));
    if (bad !== undefined) return fieldError(cell, 'picklist', { value: bad });
  }
  // An org counts UTF-16 units, as Java does.
  if (cell.field.length > 0 && cell.text.length > cell.field.length) {
    return fieldError(cell, 'tooLong', { detail: cell.field.length });
  }
  if (type === 'email' && !EMAIL.test(cell.text)) {
    return fieldError(cell, 'email');
  }
  return { value: cell.text };
}

function readId(cell: Cell): CellReading {
  const id = parseId(cell.text);
  return id === null ? fieldError(cell, 'malformedId') : { value: id };
}

/** assumption: picklist-match. */
function isActive(cell: Cell, value: string): boolean {
  return cell.field.picklistValues.some((known) => known.active && known.value === value);
}
