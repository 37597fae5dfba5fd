import type { QueueMessage } from '../aws/errant-queue.ts';
import type { Shown, Tone } from '../terminal/display.ts';
import { errantLines, readErrant } from '../terminal/errant-records.ts';
import { counted, number } from '../terminal/format.ts';
import { indented } from '../terminal/table.ts';
import type { RunEnvironment } from './run-environment.ts';

/** The number of errant records shown; the others are counted. */
const shownErrants = 6;

/** What a run on a cluster leaves behind. */
export async function endLines(environment: RunEnvironment): Promise<Shown[]> {
  const { emulator, object } = environment;
  const rows = emulator && `In the emulator: ${counted(emulator.records(object).length, object)}`;
  return [
    ...(rows === null ? [] : lines('plain', rows)),
    ...(await errantEnd(environment)),
    ...lines('plain', 'Stopped.'),
  ];
}

/** The first errant records, if the run has the queue. */
export async function errantEnd({
  errantQueue,
}: Pick<RunEnvironment, 'errantQueue'>): Promise<Shown[]> {
  return errantQueue === null ? [] : errantSummary(await errantQueue.messages());
}

function errantSummary(messages: readonly QueueMessage[]): Shown[] {
  const first = messages.slice(0, shownErrants).map(({ body }) => readErrant(body));
  const rest = messages.length - first.length;
  return [
    ...lines('plain', `In the errant queue: ${counted(messages.length, 'record')}`),
    ...(first.length === 0 ? [] : lines('plain', ...errantLines(first).map(indented))),
    ...(rest > 0 ? lines('faint', `  and ${number(rest)} more`) : []),
  ];
}

function lines(tone: Tone, ...texts: string[]): Shown[] {
  return texts.map((text) => ({ kind: 'line', tone, text }));
}
