import type { FieldValue } from 'salesforce-bulk-emulator';
import type { GivenRecord, Operation, Scenario } from './scenario.ts';

/** Where a record has to end; `open`: it is written, or errant for a reason. */
export type Place = 'skipped' | 'errant' | 'open';

/** The values of a row; null: there is no row. */
export type RowValues = Readonly<Record<string, FieldValue>> | null;

/** Whether the sink takes rows away. */
export const deletes = ({ operation }: Pick<Scenario, 'operation'>): boolean =>
  operation === 'delete' || operation === 'hardDelete';

/** Whether a record takes its row away. */
export const removes = ({ kind }: GivenRecord, scenario: Pick<Scenario, 'operation'>): boolean =>
  kind === 'delete' || deletes(scenario);

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

/** Whether records are written in their order, and by which operation. */
interface Writing {
  readonly isOrdered: boolean;
  readonly operation: Operation;
}

/** Whether there is a row in the end. */
function existence(before: RowValues, steps: readonly Step[], writing: Writing): boolean[] {
  const removals = steps.map(({ record }) => removes(record, writing));
  const isMixed = new Set(removals).size > 1;
  let exists = [before !== null];
  steps.forEach(({ isDoubtful }, step) => {
    const mayStay = isDoubtful || (isMixed && !writing.isOrdered);
    exists = [...(mayStay ? exists : []), removals[step] === false];
  });
  return exists;
}

/** What a record says about the fields of its row; a row that is made again has none of the old ones. */
function saidBy(record: GivenRecord, known: readonly string[], writing: Writing) {
  if (!removes(record, writing)) return said(record);
  return known.map((field) => [field, unset(field)] as const);
}

/** What a row is when records are written one after the other, or in any order. */
export function fold(before: RowValues, steps: readonly Step[], writing: Writing): Possible {
  const values: Record<string, FieldValue[]> = {};
  for (const [field, value] of Object.entries(before ?? {})) values[field] = [value];
  for (const { record, isDoubtful } of steps) {
    for (const [field, value] of saidBy(record, Object.keys(values), writing)) {
      const known = values[field] ?? [unset(field)];
      values[field] = isDoubtful || !writing.isOrdered ? [...known, value] : [value];
    }
  }
  return { exists: existence(before, steps, writing), values };
}

/** What a record says about its fields. */
const said = ({ values }: GivenRecord): (readonly [string, FieldValue])[] =>
  values.flatMap(({ field, means }) => (means === undefined ? [] : [[field, means] as const]));

/** The records by the row that they mean, each row's in their order. */
export function byRow(records: readonly GivenRecord[]): Map<string, GivenRecord[]> {
  const keyed = records.filter(({ row }) => row !== null);
  return Map.groupBy(keyed, ({ row }) => String(row));
}
