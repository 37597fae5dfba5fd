import type { Emulator } from 'salesforce-bulk-emulator';
import type { Message } from './topic.ts';

/** What becomes of a record of the soak: a row, or an errant record, found here or by Salesforce. */
type ExpectedResult = 'good' | 'broken' | 'refused';

/** Every 251st value is no JSON, and every 401st address is one that Salesforce refuses. */
export function resultOf(number: number): ExpectedResult {
  if (number % 251 === 17) return 'broken';
  return number % 401 === 33 ? 'refused' : 'good';
}

/** How many rows are locked the first time that they come. */
const locked = 60;

/** A record of the soak; they are numbered from 0, over the partitions in turn, and the number is the key. */
export function soakRecord(number: number, partitions: number): Message {
  const contact = {
    LastName: `Contact ${number}`,
    Title: String(number),
    Email: resultOf(number) === 'refused' ? `nobody ${number}` : `contact-${number}@example.com`,
  };
  const key = String(number);
  return { partition: number % partitions, key, value: textOf(number, contact) };
}

/** The value of a record, which is not JSON if that is its result. */
export function textOf(number: number, contact: Readonly<Record<string, string>>): string {
  const value = JSON.stringify(contact);
  return resultOf(number) === 'broken' ? value.slice(0, -1) : value;
}

/** Locks some rows once, those that have one of these in a column. */
export function lockOnce(org: Emulator, column: string, values: readonly string[]): void {
  const step = Math.ceil(values.length / locked);
  for (let index = 7; index < values.length; index += step) {
    org.fault({ rowError: 'UNABLE_TO_LOCK_ROW', match: { [column]: values[index] ?? '' } });
  }
}

/** The numbers of the records that must be rows, or that must be in the errant queue. */
export function soakNumbers(count: number, kind: 'good' | 'bad'): number[] {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return numbers.filter((number) => (resultOf(number) === 'good') === (kind === 'good'));
}

/**
 * How the numbers that were found compare with those that must be there.
 *
 * `again` counts what was found beyond the first time.
 */
export interface Sums {
  there: number;
  missing: number[];
  strange: number[];
  again: number;
}

/** Compares the numbers that must be there with those that are. */
export function sumsOf(expected: readonly number[], found: readonly number[]): Sums {
  const must = new Set(expected);
  const distinct = new Set(found);
  return {
    there: expected.filter((number) => distinct.has(number)).length,
    missing: expected.filter((number) => !distinct.has(number)),
    strange: [...distinct].filter((number) => !must.has(number)),
    again: found.length - distinct.size,
  };
}

/** How the errant records compare with the bad ones, as a line to print. */
export const errantLine = ({ there, missing, again }: Sums): string =>
  `  errant records    ${there} bad, ${missing.length} missing, ${again} reported again`;
