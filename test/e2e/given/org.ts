import { type Emulator, PACES, startEmulator } from 'salesforce-bulk-emulator';
import { expect, onTestFinished } from 'vitest';
import type { Message } from './topic.ts';

/** An emulated org; the runners of a test write into it. It is closed when the test has finished. */
export async function givenOrg(pace: keyof typeof PACES = 'fast'): Promise<Emulator> {
  const org = await startEmulator({ pace: PACES[pace] });
  onTestFinished(() => org.close());
  return org;
}

/**
 * Contacts numbered from `first` on, spread over the partitions of a topic in turn.
 *
 * The number is in a field that need not be unique, so that a record that is written twice shows.
 */
export function contacts(count: number, partitions: number, first = 0): Message[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const value = JSON.stringify({ LastName: `Contact ${number}`, Title: title(number) });
    return { partition: number % partitions, key: `key-${number}`, value };
  });
}

const title = (number: number) => `No. ${number}`;

/** How often each contact is in the org: those that are not, those that are more than once. */
export interface Account {
  rows: number;
  missing: number[];
  repeated: number[];
  strange: string[];
}

/** Counts the contacts from 0 to `count` in the org. */
export function accountOf(org: Emulator, count: number): Account {
  const records = org.records('Contact');
  const times = new Map<string, number>();
  for (const { Title } of records) times.set(String(Title), (times.get(String(Title)) ?? 0) + 1);
  const account: Account = { rows: records.length, missing: [], repeated: [], strange: [] };
  for (let number = 0; number < count; number += 1) {
    const found = times.get(title(number)) ?? 0;
    if (found === 0) account.missing.push(number);
    if (found > 1) account.repeated.push(number);
    times.delete(title(number));
  }
  return { ...account, strange: [...times.keys()] };
}

/**
 * Expects that none of the contacts from 0 to `count` is missing, and says how many are there more
 * than once: without ids and without a ledger, at least once is all that an insert can promise.
 */
export function expectNothingLost(org: Emulator, count: number): number {
  const { missing, repeated, strange } = accountOf(org, count);
  expect({ missing, strange }).toEqual({ missing: [], strange: [] });
  process.stdout.write(`${repeated.length} of ${count} records are there more than once\n`);
  return repeated.length;
}

/** An account in which every contact is there once. */
export const once = (count: number): Account => ({
  rows: count,
  missing: [],
  repeated: [],
  strange: [],
});
