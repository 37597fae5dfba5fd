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
    if (bad !== undefined) return badPicklistValue(cell, bad);
  }
  // Combined letters and emoji: an org counts UTF-16 units, as Java does.
  if (cell.field.length > 0 && cell.text.length > cell.field.length) {
    const problem = `data value too large: ${cell.text} (max length=${cell.field.length})`;
    return fieldError(cell, 'STRING_TOO_LONG', problem);
  }
  if (type === 'email' && !EMAIL.test(cell.text)) {
    return fieldError(cell, 'INVALID_EMAIL_ADDRESS', `invalid email address: ${cell.text}`);
  }
  // choice: text-trimming.
  return { value: cell.text };
}

function readId(cell: Cell): CellReading {
  const id = parseId(cell.text);
  return id === null
    ? fieldError(cell, 'MALFORMED_ID', `id value of incorrect type: ${cell.text}`)
    : { value: id };
}

/** choice: picklist-match. */
function isActive(cell: Cell, value: string): boolean {
  return cell.field.picklistValues.some((known) => known.active && known.value === value);
}

function badPicklistValue(cell: Cell, value: string): CellReading {
  return fieldError(
    cell,
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `bad value for restricted picklist field: ${value}`,
  );
}
