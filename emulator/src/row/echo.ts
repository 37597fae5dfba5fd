import type { Choices } from '../choices.ts';
import { parseId } from '../org/salesforce-id.ts';
import { parseDateTime, parseTime } from './calendar.ts';
import type { Column } from './column.ts';
import { isDecimal, javaDouble } from './number-cell.ts';

/** Converts the text of a cell to its form in a results file. */
export type Echo = (text: string) => string;

const FRACTIONAL = new Set(['double', 'currency', 'percent']);
const IDS = new Set(['id', 'reference']);

/** The form of the cells of a column in results files; invalid values are unchanged. */
export function columnEcho(column: Column, choices: Choices): Echo {
  const trim: Echo = choices['text-echo'] === 'trimmed' ? (text) => text.trim() : asSent;
  const normalise = typeEcho(column, choices);
  return (text) => normalise(trim(text));
}

/** choice: number-echo. choice: datetime-echo. choice: id-echo. */
function typeEcho(column: Column, choices: Choices): Echo {
  const { type } = column.kind === 'field' ? column.field : column.key;
  if (IDS.has(type)) return choices['id-echo'] === 'as-sent' ? asSent : fullId;
  // The key of a parent keeps its text.
  if (column.kind === 'parent') return asSent;
  if (FRACTIONAL.has(type)) return choices['number-echo'] === 'as-sent' ? asSent : double;
  if (choices['datetime-echo'] === 'as-sent') return asSent;
  if (type === 'datetime') {
    const finer = choices['datetime-fraction'];
    return (text) => parseDateTime(text, finer)?.replace('+0000', 'Z') ?? text;
  }
  return type === 'time' ? (text) => parseTime(text, choices['time-fraction']) ?? text : asSent;
}

function asSent(text: string): string {
  return text;
}

function fullId(text: string): string {
  return parseId(text) ?? text;
}

function double(text: string): string {
  return isDecimal(text) ? javaDouble(Number(text)) : text;
}
