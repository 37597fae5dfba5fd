import type {
  SendMessageBatchCommandInput,
  SendMessageBatchCommandOutput,
} from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import type { QueueParts } from '../../src/errant/queue.ts';

/** The outcome of one message of a call. Most are accepted, so that reports make progress. */
const outcomes = [
  'accepted',
  'accepted',
  'accepted',
  'failed',
  'sender fault',
  'not named',
] as const;
/** See `outcomes`. */
export type Outcome = (typeof outcomes)[number];

/** SQS's reply to one call: an error, or an outcome for each message and additional ids. */
export interface Reply {
  readonly error: string | null;
  readonly outcomes: readonly Outcome[];
  readonly otherIds: readonly string[];
  readonly isEmpty: boolean;
}

/** Replies of every kind. */
export const replies: fc.Arbitrary<Reply> = fc.record({
  error: fc.constantFrom(...Array<null>(12).fill(null), 'RequestThrottled', 'AccessDenied'),
  outcomes: fc.array(fc.constantFrom(...outcomes), { minLength: 10, maxLength: 10 }),
  otherIds: fc.array(fc.constantFrom('0', '1', '9', '10', 'x', ''), { maxLength: 3 }),
  isEmpty: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
});

/** The reply that accepts each message. */
export const good: Reply = {
  error: null,
  outcomes: Array<Outcome>(10).fill('accepted'),
  otherIds: [],
  isEmpty: false,
};

/**
 * A client that returns the replies in order, then accepts every message; `accepted` holds their
 * texts.
 */
export function clientOf(script: readonly Reply[], onCall: (call: number) => void) {
  const accepted = new Set<string>();
  let calls = 0;
  const send = async ({ input }: { input: SendMessageBatchCommandInput }) => {
    const reply = script[calls++] ?? good;
    await null;
    onCall(calls);
    if (reply.error !== null) throw Object.assign(new Error('no'), { name: reply.error });
    if (reply.isEmpty) return {};
    const entries = (input.Entries ?? []).map((entry, index) => ({
      ...entry,
      outcome: reply.outcomes[index],
    }));
    const taken = entries.filter(({ Id, outcome }) => {
      return outcome === 'accepted' || reply.otherIds.includes(Id ?? '');
    });
    for (const { MessageBody } of taken) accepted.add(MessageBody ?? '');
    return {
      Successful: [...taken.map(({ Id }) => Id), ...reply.otherIds].map((Id) => ({ Id })),
      Failed: entries
        .filter(({ outcome }) => outcome === 'failed' || outcome === 'sender fault')
        .map(({ Id, outcome }) => ({ Id, Code: 'no', SenderFault: outcome === 'sender fault' })),
    } as SendMessageBatchCommandOutput;
  };
  return { client: { send } as unknown as QueueParts['client'], accepted };
}
