import type { Emulator } from 'salesforce-bulk-emulator';
import type { Shown, Tone } from '../terminal/display.ts';
import { errantLines, readErrant } from '../terminal/errant-records.ts';
import { counted, number } from '../terminal/format.ts';
import { indented, tableLines } from '../terminal/table.ts';
import { compareNames, type NameComparison } from './compare-names.ts';
import type { SampleTopic } from './sample-topic.ts';

/** The end of the demo, and whether every check passed. */
export interface Summary {
  shown: readonly Shown[];
  passed: boolean;
}

/** The messages of the errant queue, and how many offsets the event source has committed. */
export interface Delivered {
  messages: readonly string[];
  committed: number;
}

const columns = ['Id', 'LastName', 'Email', 'Level__c'];
const shownRows = 6;

/**
 * Compares Salesforce with the topic. The checks pass when every valid record is there exactly once,
 * every other one is in the errant queue, and every offset is committed.
 */
export function summarise(
  topic: SampleTopic,
  emulator: Pick<Emulator, 'records' | 'requests'>,
  delivered: Delivered,
): Summary {
  const contacts = emulator.records('Contact');
  const errants = delivered.messages.map(readErrant);
  const checks = [
    checkContacts(compareNames(topic.valid, contacts.map(nameOf)), topic.valid.length),
    checkCount(
      new Set(errants.map(({ record }) => record)).size,
      topic.records.length - topic.valid.length,
      'errant records are in the queue',
    ),
    checkCount(delivered.committed, topic.records.length, 'offsets are committed'),
  ];
  const rows = contacts
    .slice(0, shownRows)
    .map((contact) => columns.map((column) => String(contact[column] ?? '')));
  return {
    passed: checks.every(({ passed }) => passed),
    shown: [
      ...lines('heading', '', `In Salesforce  ${counted(contacts.length, 'contact')}`),
      ...lines('plain', ...tableLines(columns, rows).map(indented)),
      ...lines('faint', `  and ${number(contacts.length - rows.length)} more`),
      ...lines('heading', '', `In the errant queue  ${counted(errants.length, 'record')}`),
      ...lines('plain', ...errantLines(errants).map(indented)),
      ...lines('heading', '', 'API calls'),
      ...lines('plain', `  ${callCounts(emulator)}`, ''),
      ...checks.flatMap(({ passed, text }) =>
        lines(passed ? 'good' : 'bad', `${passed ? '✓' : '✗'} ${text}`),
      ),
    ],
  };
}

interface Check {
  passed: boolean;
  text: string;
}

function nameOf(contact: Readonly<Record<string, unknown>>): string {
  return String(contact['LastName']);
}

function checkContacts(
  { once, missing, repeated, unexpected }: NameComparison,
  valid: number,
): Check {
  const wrong = missing.length + repeated.length + unexpected.length;
  const text = `${number(once)} of ${number(valid)} valid records are in Salesforce once: ${missing.length} missing, ${repeated.length} repeated, ${unexpected.length} unexpected`;
  return { passed: wrong === 0, text };
}

function checkCount(count: number, expected: number, what: string): Check {
  return { passed: count === expected, text: `${number(count)} of ${number(expected)} ${what}` };
}

function callCounts(emulator: Pick<Emulator, 'requests'>): string {
  const calls = Object.groupBy(emulator.requests(), ({ call }) => call);
  const counts = Object.entries(calls).map(([call, list = []]) => `${call} ${list.length}`);
  return `${counts.join(', ')}: ${emulator.requests().length} in total`;
}

function lines(tone: Tone, ...texts: string[]): Shown[] {
  return texts.map((text) => ({ kind: 'line', tone, text }));
}
