import type { Choices } from '../choices.ts';
import type { FieldDescription } from '../object/description.ts';
import type { CellReading } from './cell.ts';
import { readCell } from './read-cell.ts';
import { trimText } from './spaces.ts';

/** The cell that clears a field (guide, "Prepare CSV Files"). */
export const NULL_CELL = '#N/A';

/**
 * The key in a cell, read as a value of its field: `1.0` and `1` are one key where the field is a
 * number. null: the cell has no key.
 */
export function readKey(
  text: string,
  field: FieldDescription,
  choices: Choices,
): CellReading | null {
  const key = choices['key-spaces'] === 'trimmed' ? trimText(text, field) : text;
  if (key === '' || key === NULL_CELL) return null;
  return readCell({ text: key, field, position: 0 }, choices);
}
