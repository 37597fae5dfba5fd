import type { StoredRecord } from 'salesforce-bulk-emulator';
import { at, type Case, differences } from './check-values.ts';
import { byRow, deletes, fold, placeOf } from './meaning.ts';
import { promisesOf } from './promise.ts';
import type { GivenRecord } from './scenario.ts';
import type { Violation } from './violation.ts';

function rowIn({ scenario, outcome }: Case, row: string): StoredRecord | null {
  const { keyField } = scenario;
  const name = (stored: StoredRecord) => {
    const value = String(stored[keyField ?? ''] ?? '');
    return keyField === 'ExternalId__c' ? value.toLowerCase() : value;
  };
  const wanted = keyField === 'Id' ? outcome.resolve(`‹id ${row.replace('row ', '')}›`) : row;
  const found = outcome.rows.filter((stored) => name(stored) === wanted);
  return found[0] ?? null;
}

/** What is wrong with a row; the most that can be said of it without a ledger is less. */
function wrongWith(row: string, records: readonly GivenRecord[], one: Case): string[] {
  const { scenario, outcome } = one;
  const { exclusive, ordered } = promisesOf(scenario);
  const before = scenario.existing.find((known) => known.row === row)?.values ?? null;
  const steps = records
    .filter((record) => placeOf(record, scenario) === 'open')
    .map((record) => ({ record, isDoubtful: outcome.errant.has(at(record)) }))
    .filter(({ isDoubtful }) => !(isDoubtful && exclusive));
  const how = { isOrdered: ordered, operation: scenario.operation };
  const { exists, values } = fold(before, steps, how);
  const actual = rowIn(one, row);
  if (!exists.includes(actual !== null)) return [actual === null ? gone : 'there is a row'];
  return actual === null ? [] : differences(values, actual, one);
}

const gone = 'there is no row';

function checkRow(row: string, records: readonly GivenRecord[], one: Case): Violation[] {
  const wrong = wrongWith(row, records, one);
  if (wrong.length === 0) return [];
  const lost = deletes(one.scenario) ? 'written and errant' : 'lost';
  const isErrant = (record: GivenRecord) => one.outcome.errant.has(at(record));
  const who = records.map((record) => `${at(record)}${isErrant(record) ? '!' : ''}`);
  const what = `${wrong.join('; ')}; row ${row} of ${who.join(' ')}`;
  return [{ kind: wrong[0] === gone ? lost : 'wrong value', what }];
}

/** Each row holds what its records do one after the other. */
export function checkKeyed(one: Case): Violation[] {
  return [...byRow(one.scenario.records)].flatMap(([row, records]) => checkRow(row, records, one));
}
