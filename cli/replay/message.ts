import { z } from 'zod';
import type { EventRecord } from '../../src/kafka/event.ts';

/** What a message that was received is known by. */
export interface Handle {
  /** Stays the same however often the message is received. */
  readonly id: string;
  /** What the message is deleted or given back by; another one each time. */
  readonly handle: string;
}

/** A message of the errant queue, as SQS hands it out. */
export interface Received extends Handle {
  readonly body: string;
}

/** A record that waits in the queue, as Kafka delivered it. */
export interface Waiting {
  readonly record: EventRecord;
  /** The cluster that the message names: that of Kafka, or that of an earlier replay. */
  readonly cluster: string;
  /** The function that reported it. */
  readonly sink: string;
  /** The sink's own code, and Salesforce's if it has one. */
  readonly codes: readonly string[];
}

/** What a message turned out to be: a record, or why it cannot be replayed. */
export type Reading = { readonly waiting: Waiting } | { readonly unfit: string };

const count = z.number().int().nonnegative();
const base64 = z.string().nullable();
const signedBytes = (text: string) => [...new Int8Array(Buffer.from(text, 'base64'))];

const header = z
  .tuple([z.string(), base64])
  .transform(([name, text]) => ({ [name]: text === null ? null : signedBytes(text) }));

const about = z.object({
  ...{ sink: z.string(), cluster: z.string().min(1) },
  ...{ topic: z.string().min(1), partition: count, offset: count, timestamp: z.number().int() },
  timestampType: z.string().exactOptional(),
  ...{ code: z.string(), errorCode: z.string().exactOptional() },
});

const content = z.object({ key: base64, headers: z.array(header), value: base64 });

const kind = z.object({ kind: z.string(), omitted: z.array(z.string()).default([]) });

/**
 * Reads the message of an errant record back into the record that Kafka delivered: a null key or
 * value is left out, header bytes are signed. The form is that of `src/errant/message.ts`.
 */
export function readMessage(body: string): Reading {
  const message = parse(body);
  const known = kind.safeParse(message);
  if (known.data?.kind === 'unmatched-row') return { unfit: 'rows that belong to no record' };
  const origin = about.safeParse(message);
  if (known.data?.kind !== 'errant-record' || !origin.success) {
    return { unfit: 'messages that no sink has written' };
  }
  const held = content.safeParse(message);
  if (known.data.omitted.length > 0 || !held.success) {
    return { unfit: 'records that were too long for a message, and are not whole' };
  }
  const { sink, cluster, code, errorCode, ...place } = origin.data;
  const { key, value, headers } = held.data;
  const record = {
    ...place,
    ...(key === null ? {} : { key }),
    ...(value === null ? {} : { value }),
    headers,
  };
  const codes = errorCode === undefined ? [code] : [code, errorCode];
  return { waiting: { record, cluster, sink, codes } };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
