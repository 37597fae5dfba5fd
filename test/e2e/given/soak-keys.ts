import type { StoredRecord } from 'salesforce-bulk-emulator';
import { resultOf, textOf } from './soak-topic.ts';
import type { Message } from './topic.ts';

/** How many keys a partition has beside its hot one, which every fourth of its records is of. */
const keySpellings = 400;

/** The fields of which each record sets one, so that a row shows the last record of each. */
const fields = ['Title', 'Department', 'AssistantName', 'MailingCity', 'FirstName'] as const;

/** A record of a key: the key as this record spells it, and what it sets; null: it is a tombstone. */
interface Keyed {
  key: string;
  contact: Readonly<Record<string, string>> | null;
}

/** One good record in seven is a tombstone. */
const isTombstone = (number: number) => number % 7 === 3 && resultOf(number) === 'good';

/** The record with a number; those of a key are all in the partition `number % partitions`. */
function keyedRecord(number: number, partitions: number): Keyed {
  const [partition, turn] = [number % partitions, Math.floor(number / partitions)];
  const isHot = turn % 4 === 0;
  const name = isHot ? `hot-${partition}` : `key-${partition}-${(turn * 31) % keySpellings}`;
  // A key is spelt differently after some records, so that a flush has one spelling or two or three of it.
  const spelling = Math.floor(turn / (isHot ? 230 : keySpellings)) % 3;
  const spellings = [name, name.toUpperCase(), `${name[0]?.toUpperCase()}${name.slice(1)}`];
  const key = spellings[spelling] ?? name;
  if (isTombstone(number)) return { key, contact: null };
  const field = fields[(turn + Math.floor(turn / keySpellings)) % fields.length] ?? 'Title';
  const contact = {
    ExternalId__c: key,
    LastName: `Contact ${number}`,
    [field]: String(number),
    ...(resultOf(number) === 'refused' ? { Email: `nobody ${number}` } : {}),
  };
  return { key, contact };
}

/** A record of a hot key or of one of many others, in one of several spellings; numbered from 0. */
export function keyedMessage(number: number, partitions: number): Message {
  const { key, contact } = keyedRecord(number, partitions);
  const value = contact === null ? {} : { value: textOf(number, contact) };
  return { partition: number % partitions, key, ...value };
}

/** All spellings of the keys that are not hot, among the first records. */
export function spellingsOf(count: number, partitions: number): string[] {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const keys = new Set(numbers.map((number) => keyedRecord(number, partitions).key));
  return [...keys].filter((key) => /^key/i.test(key));
}

const columns = ['LastName', 'Email', ...fields];

/** How the rows of an org compare with what the good records do one after the other. */
export interface Fold {
  keys: number;
  missing: string[];
  /** How many keys have been deleted, and have no row at the end. */
  deleted: number;
  /** Those of them that have a row all the same. */
  undeleted: string[];
  wrong: string[];
  again: number;
}

/** What the good records of each key leave behind, by the key in lower case; null: it is deleted. */
function foldedRecords(count: number, partitions: number): Map<string, Keyed['contact']> {
  const folded = new Map<string, Keyed['contact']>();
  for (let number = 0; number < count; number += 1) {
    if (resultOf(number) !== 'good') continue;
    const { key, contact } = keyedRecord(number, partitions);
    const before = folded.get(key.toLowerCase());
    folded.set(key.toLowerCase(), contact && { ...before, ...contact });
  }
  return folded;
}

/** Compares each key's row with what its good records leave behind. */
export function foldOf(count: number, partitions: number, found: readonly StoredRecord[]): Fold {
  const must = foldedRecords(count, partitions);
  const rows = Map.groupBy(found, ({ ExternalId__c: key }) => String(key).toLowerCase());
  const wrong = [...rows].flatMap(([key, [row]]) => {
    const contact = must.get(key);
    if (contact === undefined) return [`${key} is no key`];
    if (contact === null) return [];
    const differing = columns.filter((name) => (row?.[name] ?? '') !== (contact[name] ?? ''));
    return differing.map((name) => `${key} ${name}: ${row?.[name]}, not ${contact[name]}`);
  });
  const deleted = [...must.keys()].filter((key) => must.get(key) === null);
  return {
    keys: rows.size,
    missing: [...must.keys()].filter((key) => must.get(key) !== null && !rows.has(key)),
    deleted: deleted.length,
    undeleted: deleted.filter((key) => rows.has(key)),
    wrong,
    again: found.length - rows.size,
  };
}

/**
 * The refused records that need not be errant: a later tombstone of their key replaces them, if it is
 * in the same batch.
 */
export function replaceableNumbers(count: number, partitions: number): number[] {
  const deleted = new Set<string>();
  const replaceable: number[] = [];
  for (let number = count - 1; number >= 0; number -= 1) {
    const key = keyedRecord(number, partitions).key.toLowerCase();
    if (isTombstone(number)) deleted.add(key);
    if (resultOf(number) === 'refused' && deleted.has(key)) replaceable.push(number);
  }
  return replaceable;
}
