import type { FieldValue, StoredRecord } from 'salesforce-bulk-emulator';
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

/** The fields of a row whose value is none of those that they may have. */
export function differences(
  expected: Readonly<Record<string, readonly FieldValue[]>>,
  actual: StoredRecord,
  { scenario, outcome }: Case,
): string[] {
  const { loose } = promisesOf(scenario);
  const meant = (value: FieldValue) => (typeof value === 'string' ? outcome.resolve(value) : value);
  return Object.entries(expected).flatMap(([field, values]) => {
    const is = actual[field] ?? null;
    const wanted = values.map(meant);
    if (wanted.includes(is) || loose.includes(field)) return [];
    return [`${field} is ${JSON.stringify(is)}, not ${JSON.stringify(wanted.at(-1))}`];
  });
}
