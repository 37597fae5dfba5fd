import type { FieldValue } from 'salesforce-bulk-emulator';
import type { GivenRecord, Scenario } from './scenario.ts';

/** Where a record has to end; `open`: it is written, or errant for a reason. */
export type Place = 'skipped' | 'errant' | 'open';

/** The values of a row; null: there is no row. */
export type RowValues = Readonly<Record<string, FieldValue>> | null;

/** Whether the sink takes rows away. */
export const deletes = ({ operation }: Pick<Scenario, 'operation'>): boolean =>
  operation === 'delete' || operation === 'hardDelete';

/** Whether a record means a row that there has to be, and is not; a row to hard-delete need not exist. */
const isStrange = ({ row }: GivenRecord, { keyField, existing, operation }: Scenario): boolean =>
  operation !== 'hardDelete' && keyField === 'Id' && existing.every((one) => one.row !== row);

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

/** What a row may be in the end. */
export interface Possible {
  /** Whether there is a row. */
  readonly exists: readonly boolean[];
  /** The values that a field may have. */
  readonly values: Readonly<Record<string, readonly FieldValue[]>>;
}

/** A record of a row; a doubtful one may have been written or not. */
export interface Step {
  readonly record: GivenRecord;
  readonly isDoubtful: boolean;
}

/** What a new row holds by default. */
const unset = (field: string): FieldValue => (field === 'Active__c' ? false : null);

/** What a row is when records are written one after the other, or in any order. */
export function fold(
  before: RowValues,
  steps: readonly Step[],
  { isOrdered, isDelete }: { readonly isOrdered: boolean; readonly isDelete: boolean },
): Possible {
  let exists = [before !== null];
  const values: Record<string, FieldValue[]> = {};
  for (const [field, value] of Object.entries(before ?? {})) values[field] = [value];
  for (const { record, isDoubtful } of steps) {
    exists = [...(isDoubtful ? exists : []), !isDelete];
    for (const [field, value] of said(record)) {
      const known = values[field] ?? [unset(field)];
      values[field] = isDoubtful || !isOrdered ? [...known, value] : [value];
    }
  }
  return { exists, values };
}

/** What a record says about its fields. */
const said = ({ values }: GivenRecord): (readonly [string, FieldValue])[] =>
  values.flatMap(({ field, means }) => (means === undefined ? [] : [[field, means] as const]));

/** The records by the row that they mean, each row's in their order. */
export function byRow(records: readonly GivenRecord[]): Map<string, GivenRecord[]> {
  const keyed = records.filter(({ row }) => row !== null);
  return Map.groupBy(keyed, ({ row }) => String(row));
}
