import { recordId } from '../../src/kafka/record.ts';
import { type Reading, readMessage, type Waiting } from './message.ts';
import type { ReplayOrder } from './progress.ts';

type Choice = Pick<ReplayOrder, 'sink' | 'code'>;

/** The record of a message if it is to be replayed, given those that this run has sent; else why it stays. */
export function choose(body: string, order: Choice, sent: ReadonlySet<string>): Reading {
  const reading = readMessage(body);
  if ('unfit' in reading) return reading;
  const unfit = reasonToKeep(reading.waiting, order, sent);
  return unfit === null ? reading : { unfit };
}

function reasonToKeep(
  { record, sink, codes }: Waiting,
  order: Choice,
  sent: ReadonlySet<string>,
): string | null {
  if (sink !== order.sink) return `records of ${sink}`;
  if (order.code !== null && !codes.includes(order.code))
    return `records with another code: ${codes.join(', ')}`;
  return sent.has(recordId(record)) ? 'records that failed again' : null;
}
