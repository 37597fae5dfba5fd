import { type Reading, readMessage, type Waiting } from './message.ts';
import type { ReplayOrder } from './progress.ts';

type Choice = Pick<ReplayOrder, 'sink' | 'code'>;

/** Tells whether a record was sent by this run and is in the queue again. */
type IsBack = (waiting: Waiting) => boolean;

/** The record of a message if it is to be replayed or has been; else why the message stays. */
export function choose(body: string, order: Choice, isBack: IsBack): Reading {
  const reading = readMessage(body);
  if ('unfit' in reading) return reading;
  const unfit = reasonToKeep(reading.waiting, order, isBack);
  return unfit === null ? reading : { unfit };
}

function reasonToKeep(waiting: Waiting, order: Choice, isBack: IsBack): string | null {
  const { sink, codes } = waiting;
  if (sink !== order.sink) return `records of ${sink}`;
  if (order.code !== null && !codes.includes(order.code))
    return `records with another code: ${codes.join(', ')}`;
  return isBack(waiting) ? 'records that failed again' : null;
}
