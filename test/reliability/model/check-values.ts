import type { FieldValue, StoredRecord } from '../../../local/salesforce/record/record-store.ts';
import { promisesOf } from './promise.ts';
import type { Outcome } from './run.ts';
import type { GivenRecord, Scenario } from './scenario.ts';

/** A scenario and what it came to. */
export interface Case {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
}

/** The coordinates of a record, as the errant queue has them. */
export const at = ({ partition, offset }: GivenRecord): string => `${partition}@${offset}`;

/** A value that is meant, as the org has it. */
export const meant = (value: FieldValue, { outcome }: Case): FieldValue =>
  typeof value === 'string' ? outcome.resolve(value) : value;

/** The fields of a row that are not as expected. */
export function differences(expected: StoredRecord, actual: StoredRecord, one: Case): string[] {
  const { loose } = promisesOf(one.scenario);
  return Object.entries(expected)
    .filter(([field]) => !loose.includes(field))
    .map(([field, value]) => [field, meant(value, one), actual[field] ?? null] as const)
    .filter(([, value, is]) => value !== is)
    .map(([field, value, is]) => `${field} is ${JSON.stringify(is)}, not ${JSON.stringify(value)}`);
}
