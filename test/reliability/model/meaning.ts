import type { FieldValue } from '../../../local/salesforce/record/record-store.ts';
import type { GivenRecord, Scenario } from './scenario.ts';

/** Where a record has to end; `open`: it is written, or errant for a reason. */
export type Place = 'skipped' | 'errant' | 'open';

/** The values of a row; null: there is no row. */
export type RowValues = Readonly<Record<string, FieldValue>> | null;

/** Whether the sink takes rows away. */
export const deletes = ({ operation }: Pick<Scenario, 'operation'>): boolean =>
  operation === 'delete' || operation === 'hardDelete';

/** Whether a record means a row that there has to be, and is not. */
const isStrange = ({ row }: GivenRecord, { keyField, existing }: Scenario): boolean =>
  keyField === 'Id' && existing.every((one) => one.row !== row);

/** Where a record has to end, whatever goes wrong (docs/WRITING.md). */
export function placeOf(record: GivenRecord, scenario: Scenario): Place {
  switch (record.kind) {
    case 'tombstone':
      return scenario.tombstones === 'skip' && !deletes(scenario) ? 'skipped' : 'errant';
    case 'broken':
    case 'no key':
      return 'errant';
    case 'unknown field':
      if (scenario.unknownFields === 'errant') return 'errant';
      break;
  }
  return isStrange(record, scenario) ? 'errant' : 'open';
}

/** What a row holds when these records were written one after the other. */
export function fold(
  before: RowValues,
  records: readonly GivenRecord[],
  scenario: Scenario,
): RowValues {
  if (records.length === 0) return before;
  if (deletes(scenario)) return null;
  const row: Record<string, FieldValue> = { ...before };
  for (const { field, means } of records.flatMap(({ values }) => values)) {
    if (means !== undefined) row[field] = means;
  }
  return row;
}

/** Every choice of some of the items, in their order; of many items, only all and none. */
export function choicesOf<T>(items: readonly T[]): (readonly T[])[] {
  if (items.length > 8) return [items, []];
  return Array.from({ length: 2 ** items.length }, (_, choice) =>
    items.filter((__, place) => (choice & (2 ** place)) !== 0),
  );
}

/** The records by the row that they mean, each row's in their order. */
export function byRow(records: readonly GivenRecord[]): Map<string, GivenRecord[]> {
  const keyed = records.filter(({ row }) => row !== null);
  return Map.groupBy(keyed, ({ row }) => String(row));
}
