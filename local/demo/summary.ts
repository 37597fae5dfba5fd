import type { Emulator } from '../../emulator/src/emulator.ts';
import type { Shown, Tone } from '../terminal/display.ts';
import { errantLines, readErrant } from '../terminal/errant-records.ts';
import { tableLines } from '../terminal/table.ts';
import { counted, number } from '../terminal/wording.ts';
import type { SampleTopic } from './sample-topic.ts';
import { type Tally, tally } from './tally.ts';

/** What the end of the demo says, and whether all is as it must be. */
export interface Summary {
  shown: readonly Shown[];
  right: boolean;
}

/** What is in the errant queue, and how many offsets the event source has committed. */
export interface Delivered {
  messages: readonly string[];
  committed: number;
}

const columns = ['Id', 'LastName', 'Email', 'Level__c'];
const shownRows = 6;

/**
 * Compares Salesforce with the topic. It is right when every usable record is there exactly once,
 * every other one was reported, and every offset was committed.
 */
export function summarise(
  topic: SampleTopic,
  emulator: Pick<Emulator, 'records' | 'requests'>,
  delivered: Delivered,
): Summary {
  const contacts = emulator.records('Contact');
  const errants = delivered.messages.map(readErrant);
  const checks = [
    checkContacts(tally(topic.usable, contacts.map(nameOf)), topic.usable.length),
    checkCount(
      new Set(errants.map(({ record }) => record)).size,
      topic.records.length - topic.usable.length,
      'errant records are in the queue',
    ),
    checkCount(delivered.committed, topic.records.length, 'offsets are committed'),
  ];
  const rows = contacts
    .slice(0, shownRows)
    .map((contact) => columns.map((column) => String(contact[column] ?? '')));
  return {
    right: checks.every(({ right }) => right),
    shown: [
      ...lines('heading', '', `In Salesforce  ${counted(contacts.length, 'contact')}`),
      ...lines('plain', ...tableLines(columns, rows).map(indented)),
      ...lines('faint', `  and ${number(contacts.length - rows.length)} more`),
      ...lines('heading', '', `In the errant queue  ${counted(errants.length, 'record')}`),
      ...lines('plain', ...errantLines(errants).map(indented)),
      ...lines('heading', '', 'API calls'),
      ...lines('plain', `  ${callCounts(emulator)}`, ''),
      ...checks.flatMap(({ right, text }) =>
        lines(right ? 'good' : 'bad', `${right ? '✓' : '✗'} ${text}`),
      ),
    ],
  };
}

const indented = (text: string): string => `  ${text}`;

interface Check {
  right: boolean;
  text: string;
}

function nameOf(contact: Readonly<Record<string, unknown>>): string {
  return String(contact['LastName']);
}

function checkContacts({ once, missing, repeated, unexpected }: Tally, usable: number): Check {
  const wrong = missing.length + repeated.length + unexpected.length;
  const text = `${number(once)} of ${number(usable)} usable records are there once: ${missing.length} missing, ${repeated.length} repeated, ${unexpected.length} unexpected`;
  return { right: wrong === 0, text };
}

function checkCount(count: number, expected: number, what: string): Check {
  return { right: count === expected, text: `${number(count)} of ${number(expected)} ${what}` };
}

function callCounts(emulator: Pick<Emulator, 'requests'>): string {
  const calls = Object.groupBy(emulator.requests(), ({ call }) => call);
  const counts = Object.entries(calls).map(([call, list = []]) => `${call} ${list.length}`);
  return `${counts.join(', ')}: ${emulator.requests().length} in all`;
}

function lines(tone: Tone, ...texts: string[]): Shown[] {
  return texts.map((text) => ({ kind: 'line', tone, text }));
}
