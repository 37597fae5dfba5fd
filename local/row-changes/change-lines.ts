import type { FieldValue, StoredRecord } from 'salesforce-bulk-emulator';
import type { Shown, Tone } from '../terminal/display.ts';
import { counted, number } from '../terminal/format.ts';
import { indented, tableLines, textRows } from '../terminal/table.ts';
import { cutTo } from '../terminal/width.ts';
import type { FieldChange, RowChange } from './row-changes.ts';

/** How much is shown; the rest is counted. */
const shownRows = 10;
const shownFields = 4;
const shownColumns = 5;
const valueWidth = 40;

/** Fields that Salesforce fills in a new row, whatever the record says. */
const filledIn = new Set(['OwnerId']);

/** The changes of a flush, a line for each row; `key` is the field that names a row. */
export function changeLines(changes: readonly RowChange[], key: string): Shown[] {
  const rows = changes
    .slice(0, shownRows)
    .map((change) => [
      change.kind,
      `${key} ${valueText(change.row[key] ?? null)}`,
      fieldsText(ownFields(change, key), change.kind),
    ]);
  return [
    ...lines('plain', ...textRows(rows).map((line) => `    ${line}`)),
    ...restLine(changes.length - rows.length, '    '),
  ];
}

/** The fields of changes that a table of the rows should have, the key first. */
export function changedFields(changes: readonly RowChange[], key: string): string[] {
  const fields = changes.flatMap((change) => ownFields(change, key));
  return [...new Set([key, ...fields.map(({ field }) => field)])];
}

/** The first rows of an object as a table. */
export function rowsTable(rows: readonly StoredRecord[], fields: readonly string[]): Shown[] {
  const columns = fields.slice(0, shownColumns);
  const first = rows.slice(0, shownRows);
  const cells = first.map((row) =>
    columns.map((field) => ((row[field] ?? null) === null ? '' : valueText(row[field] ?? null))),
  );
  return [
    ...(cells.length === 0 ? [] : lines('plain', ...tableLines(columns, cells).map(indented))),
    ...restLine(rows.length - first.length, '  '),
  ];
}

/** How many rows were created, updated and deleted. */
export function changeCounts(changes: readonly RowChange[]): string {
  const count = (kind: RowChange['kind']) => changes.filter((one) => one.kind === kind).length;
  return `${counted(count('created'), 'row')} created, ${number(count('updated'))} updated, ${number(count('deleted'))} deleted`;
}

/** Without the key, and without what every row has that is created. */
function ownFields({ kind, fields }: RowChange, key: string): FieldChange[] {
  return fields.filter(({ field, from, to }) => {
    const isDefault = filledIn.has(field) || (from ?? to) === false;
    return field !== key && (kind === 'updated' || !isDefault);
  });
}

function fieldsText(fields: readonly FieldChange[], kind: RowChange['kind']): string {
  const texts = fields.slice(0, shownFields).map(({ field, from, to }) => {
    if (kind === 'created') return `${field} ${valueText(to)}`;
    if (kind === 'deleted') return `${field} ${valueText(from)}`;
    return `${field} ${valueText(from)} → ${valueText(to)}`;
  });
  const rest = fields.length - texts.length;
  return texts.join(', ') + (rest > 0 ? ` and ${counted(rest, 'field')} more` : '');
}

function valueText(value: FieldValue): string {
  return value === null ? 'null' : cutTo(String(value).replaceAll(/\s+/g, ' '), valueWidth);
}

function restLine(rest: number, indent: string): Shown[] {
  return rest > 0 ? lines('faint', `${indent}and ${number(rest)} more`) : [];
}

function lines(tone: Tone, ...texts: string[]): Shown[] {
  return texts.map((text) => ({ kind: 'line', tone, text }));
}
