import { z } from 'zod';
import type { EventRecord } from '../../src/kafka/event.ts';

/** The ids of a received message. */
export interface Handle {
  /** The same at every receive. */
  readonly id: string;
  /** The receipt handle, which differs at every receive. */
  readonly handle: string;
}

/** A message as SQS returns it. */
export interface Received extends Handle {
  readonly body: string;
}

/** A record in the errant queue, as Kafka delivered it. */
export interface Waiting {
  readonly record: EventRecord;
  /** The cluster in the message: that of Kafka, or that of an earlier replay. */
  readonly cluster: string;
  /** The function that reported the record. */
  readonly sink: string;
  /** The sink's code, and Salesforce's if there is one. */
  readonly codes: readonly string[];
}

/** A parsed message: a record, or the reason why it cannot be replayed. */
export type Reading = { readonly waiting: Waiting } | { readonly unfit: string };

const count = z.number().int().nonnegative();
const base64 = z.string().nullable();
const signedBytes = (text: string) => [...new Int8Array(Buffer.from(text, 'base64'))];

const header = z
  .tuple([z.string(), base64])
  .transform(([name, text]) => ({ [name]: text === null ? null : signedBytes(text) }));

const about = z.object({
  sink: z.string(),
  cluster: z.string().min(1),
  topic: z.string().min(1),
  partition: count,
  offset: count,
  timestamp: z.number().int(),
  timestampType: z.string().exactOptional(),
  code: z.string(),
  errorCode: z.string().exactOptional(),
});

const content = z.object({ key: base64, headers: z.array(header), value: base64 });

/** The newest form of a message that is known; the form of a message that names none. */
const newestFormat = 1;

const kind = z.object({
  kind: z.string(),
  format: z.number().default(newestFormat),
  omitted: z.array(z.string()).default([]),
});

/** Rows of Salesforce's results that match no record; the second is the name that version 0.1 gave them. */
const rowKinds: ReadonlySet<string> = new Set(['unmatched-row', 'stray-row']);

/**
 * Parses the message of an errant record into the record that Kafka delivered: a null key or value
 * is left out, header bytes are signed. The format is that of `src/errant/message.ts`.
 */
export function readMessage(body: string): Reading {
  const message = parse(body);
  const known = kind.safeParse(message);
  if (rowKinds.has(known.data?.kind ?? '')) return { unfit: 'rows without a record' };
  if ((known.data?.format ?? 0) > newestFormat) return { unfit: 'messages of a newer version' };
  const origin = about.safeParse(message);
  if (known.data?.kind !== 'errant-record' || !origin.success) {
    return { unfit: 'messages that no sink wrote' };
  }
  const held = content.safeParse(message);
  if (known.data.omitted.length > 0 || !held.success) {
    return { unfit: 'records that were too large for a message and are incomplete' };
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
