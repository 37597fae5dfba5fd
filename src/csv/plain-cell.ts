import type { FieldValue } from '../decode/decoded-record.ts';
import type { FieldFormat } from './field-format.ts';
import { limits } from './limits.ts';

/** What changes a text in a cell, a carriage return or half of a surrogate pair, and what needs quotes. */
const special = /[\r\n",\ud800-\udfff]/;

const isPlainText = (text: string): boolean =>
  text !== '' && text.length <= limits.fieldCharacters && !special.test(text);

/** Whether JavaScript writes a number without an exponent. Source: ECMA-262, `Number::toString`. */
function isPlainNumber(number: number): boolean {
  const size = Math.abs(number);
  return (size >= 1e-6 && size < 1e21) || size === 0;
}

/**
 * The cell of a value that is written as it is and needs no quotes, as most are; null for any other,
 * which is for `cellOf`. Each text is tested once for all that would change it or need quotes, and a row
 * of such cells is not tested again (docs/PERFORMANCE.md, "Conclusions").
 */
export function plainCell(value: FieldValue, format: FieldFormat): string | null {
  if (typeof value === 'string') return format === 'plain' && isPlainText(value) ? value : null;
  if (typeof value === 'number') return isPlainNumber(value) ? String(value) : null;
  return typeof value === 'boolean' ? String(value) : null;
}
