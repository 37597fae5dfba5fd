import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ErrantQueue } from '../../src/errant/queue.ts';
import { Deadline } from '../../src/runtime/deadline.ts';
import { clientOf, good, type Outcome, type Reply, replies } from './scripted-sqs.ts';

const errantOf = (offset: number) => ({
  record: { topic: 't', partition: 0, offset, timestamp: 1 },
  ...({ stage: 'decode', code: 'JSON_INVALID', reason: 'no JSON', rejection: null } as const),
});

/** Reports messages while the deadline passes at one call or at one read of the clock. */
async function reported(
  messages: number,
  given: readonly Reply[],
  { atCall = Infinity, atRead = Infinity }: { atCall?: number; atRead?: number },
) {
  let [reads, calls, isPast] = [0, 0, false];
  const { client, accepted } = clientOf(given, (call) => {
    calls = call;
    isPast ||= call >= atCall;
  });
  const clock = {
    now: () => (++reads >= atRead || isPast ? 60_000 : 0),
    sleep: async () => undefined,
  };
  const origin = { sink: 's', object: 'Contact', operation: 'insert' };
  const queue = new ErrantQueue({ client, queueUrl: 'q', origin });
  const errants = Array.from({ length: messages }, (_, offset) => errantOf(offset));
  const report = { errants, unmatched: [], sources: [], cluster: 'c' };
  const error: Error | null = await queue.report(report, new Deadline(clock, 30_000)).then(
    () => null,
    (thrown: Error) => thrown,
  );
  return { error, accepted: accepted.size, calls };
}

const counts = fc.integer({ min: 1, max: 330 });
const deadlines = fc.oneof(
  fc.record({ atCall: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ atRead: fc.integer({ min: 1, max: 80 }) }),
  fc.constant({}),
);

describe('a report', () => {
  it('resolves only if SQS accepted each message, whatever it answers and whenever the deadline passes', async () => {
    const given = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(good) }, replies), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(counts, given, deadlines, async (messages, some, deadline) => {
        const { error, accepted } = await reported(messages, some, deadline);
        if (error === null) expect(accepted).toBe(messages);
        else expect(error.message).toMatch(/^ERRANT_QUEUE_(UNAVAILABLE|REFUSED): /);
      }),
      { numRuns: 500 },
    );
  });

  it('resolves when SQS accepts each message in time', async () => {
    await fc.assert(
      fc.asyncProperty(counts, async (messages) => {
        expect(await reported(messages, [], {})).toMatchObject({ error: null, accepted: messages });
      }),
    );
  });

  it('throws when the deadline passes while all calls are in flight', async () => {
    const { error, accepted } = await reported(320, [], { atCall: 16 });
    expect(accepted).toBe(160);
    expect(error?.message).toMatch(/^ERRANT_QUEUE_UNAVAILABLE: .*\(NotInTime\)/);
  });

  it('ignores ids that were not sent or are repeated', async () => {
    const malformed: Reply = {
      ...good,
      outcomes: Array<Outcome>(10).fill('not named'),
      otherIds: ['0', '0', '7', ''],
    };
    const { error, accepted } = await reported(3, [malformed, malformed, malformed], {});
    expect([error?.message, accepted]).toEqual([
      expect.stringMatching(/^ERRANT_QUEUE_UNAVAILABLE: .*\(MessageNotAccepted\)/),
      1,
    ]);
  });

  it('throws when replies contain no message', async () => {
    const empty = { ...good, isEmpty: true };
    const { error, accepted } = await reported(1, [empty, empty, empty], {});
    expect(accepted).toBe(0);
    expect(error?.message).toMatch(/^ERRANT_QUEUE_UNAVAILABLE: .*\(MessageNotAccepted\)/);
  });

  it('sends nothing after the deadline', async () => {
    const failed: Reply = { ...good, outcomes: Array<Outcome>(10).fill('failed') };
    const { error, calls } = await reported(10, [failed], { atCall: 1 });
    expect(calls).toBe(1);
    expect(error?.message).toContain('(NotInTime)');
  });
});
