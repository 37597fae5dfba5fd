import type { StoredRecord } from 'salesforce-bulk-emulator';
import { at, type Case, differences } from './check-values.ts';
import { fold, placeOf } from './meaning.ts';
import { promisesOf } from './promise.ts';
import type { GivenRecord } from './scenario.ts';
import type { Violation } from './violation.ts';

/** The rows of a record, which has a name of its own. */
function rowsOf({ values }: GivenRecord, { outcome }: Case): StoredRecord[] {
  const name = values.find(({ field }) => field === 'LastName')?.means;
  return outcome.rows.filter(({ LastName }) => LastName === name);
}

/** What is wrong with the number of rows that a record has become; null: nothing. */
function miscounted(record: GivenRecord, rows: number, one: Case): Violation | null {
  const { exclusive, once } = promisesOf(one.scenario);
  const isErrant = one.outcome.errant.has(at(record));
  const where = `${at(record)} is ${rows} rows${isErrant ? ', and errant' : ''}`;
  if (rows === 0) return isErrant ? null : { kind: 'lost', what: where };
  if (isErrant && exclusive) return { kind: 'written and errant', what: where };
  return rows > 1 && once ? { kind: 'twice', what: where } : null;
}

function checkOne(record: GivenRecord, one: Case): Violation | null {
  const { scenario } = one;
  const rows = rowsOf(record, one);
  if (placeOf(record, scenario) !== 'open') {
    return rows.length === 0 ? null : { kind: 'written against the rules', what: at(record) };
  }
  const violation = miscounted(record, rows.length, one);
  if (violation !== null) return violation;
  const alone = [{ record, isDoubtful: false }];
  const { values } = fold(null, alone, { isOrdered: true, operation: 'insert' });
  const wrong = rows.flatMap((row) => differences(values, row, one));
  if (wrong.length === 0) return null;
  return { kind: 'wrong value', what: `${at(record)}: ${wrong.join('; ')}` };
}

/** Each record of an insert is a row of its own. */
export function checkInserted(one: Case): Violation[] {
  return one.scenario.records.flatMap((record) => checkOne(record, one) ?? []);
}
