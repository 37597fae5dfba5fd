import type { Column } from './column.ts';
import { isDecimal, javaDouble } from './number-cell.ts';

const FRACTIONAL = new Set(['double', 'currency', 'percent']);

/** The cells of a row as a results file gives them back. choice: number-echo. */
export function echoCells(
  cells: readonly string[],
  columns: readonly Column[],
  numbers: 'normalised' | 'as-sent',
): string[] {
  return cells.map((text, position) => {
    const column = columns[position];
    if (numbers === 'as-sent' || column?.kind !== 'field' || !isDecimal(text)) return text;
    return FRACTIONAL.has(column.field.type) ? javaDouble(Number(text)) : text;
  });
}
