import type { FieldValue, StoredRecord } from '../../../local/salesforce/record/record-store.ts';
import { at, type Case, differences, meant } from './check-values.ts';
import { byRow, choicesOf, deletes, fold, placeOf, type RowValues } from './meaning.ts';
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

function wrongWith(expected: RowValues, actual: StoredRecord | null, one: Case): string[] {
  if (expected === null) return actual === null ? [] : ['there is a row'];
  return actual === null ? ['there is no row'] : differences(expected, actual, one);
}

/** What a new row holds where nobody says anything. */
const unset = (field: string): FieldValue => (field === 'Active__c' ? false : null);

/** Whether each value is one that some record gave, where their order is not promised. */
function strangers(
  before: RowValues,
  records: readonly GivenRecord[],
  actual: StoredRecord,
  one: Case,
) {
  const expected = Object.keys(fold(before, records, one.scenario) ?? {});
  return expected.flatMap((field) => {
    const all = records.flatMap((record) => fold(null, [record], one.scenario)?.[field] ?? null);
    const some = [before?.[field] ?? unset(field), ...all].map((value) => meant(value, one));
    return some.includes(actual[field] ?? null) ? [] : [`${field} is nobody's`];
  });
}

function checkRow(row: string, records: readonly GivenRecord[], one: Case): Violation[] {
  const { scenario, outcome } = one;
  const before = scenario.existing.find((known) => known.row === row)?.values ?? null;
  const actual = rowIn(one, row);
  const open = records.filter((record) => placeOf(record, scenario) === 'open');
  const doubtful = open.filter((record) => outcome.errant.has(at(record)));
  const { exclusive, ordered } = promisesOf(scenario);
  const histories = (exclusive ? [[]] : choicesOf(doubtful)).map((written) =>
    open.filter((record) => !doubtful.includes(record) || written.includes(record)),
  );
  if (!ordered && actual !== null && !deletes(scenario)) {
    const wrong = strangers(before, open, actual, one);
    return wrong.length === 0 ? [] : [{ kind: 'wrong value', what: `${row}: ${wrong.join('; ')}` }];
  }
  const found = histories.map((history) => wrongWith(fold(before, history, scenario), actual, one));
  const best = found.toSorted((some, other) => some.length - other.length)[0] ?? [];
  if (best.length === 0) return [];
  const isGone = best[0] === 'there is no row';
  const kind = isGone ? (deletes(scenario) ? 'written and errant' : 'lost') : 'wrong value';
  const who = records.map((record) => `${at(record)}${outcome.errant.has(at(record)) ? '!' : ''}`);
  return [{ kind, what: `${row} of ${who.join(' ')}: ${best.join('; ')}` }];
}

/** Each row holds what its records do one after the other. */
export function checkKeyed(one: Case): Violation[] {
  return [...byRow(one.scenario.records)].flatMap(([row, records]) => checkRow(row, records, one));
}
