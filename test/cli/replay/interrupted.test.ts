import { expect, it } from 'vitest';
import type { Replay } from '../../../cli/replay/events.ts';
import { endLines } from '../../../cli/replay/lines.ts';
import type { Handle, Received } from '../../../cli/replay/message.ts';
import type { ReplayPorts, Settled } from '../../../cli/replay/ports.ts';
import { ErrantReplay } from '../../../cli/replay/replay.ts';

const sink = 'contacts';

/** The message of a record, as SQS returns it. */
const message = (offset: number, receipt = 'first'): Received => ({
  ...{ id: `m${offset}`, handle: `m${offset} ${receipt}` },
  body: JSON.stringify({
    ...{ kind: 'errant-record', sink, cluster: 'arn:aws:kafka:a', topic: 'contacts', partition: 0 },
    ...{ offset, timestamp: 1, code: 'FIELD_UNKNOWN', key: null, headers: [], value: 'e30=' },
  }),
});

const allWritten = async ({ records }: Replay['event']): Promise<Settled> => {
  const written = Object.values(records).flat().length;
  return { written, errant: 0, skipped: 0, outdated: [] };
};

/** A replay of what is received, two records an invocation, and what it asked of the queue. */
function given(receives: readonly (readonly Received[])[], ports: Partial<ReplayPorts> = {}) {
  const left = [...receives];
  const removed: Handle[] = [];
  const replay = new ErrantReplay(
    {
      receive: async () => left.shift() ?? [],
      hold: async () => undefined,
      giveBack: async () => undefined,
      remove: async (messages) => void removed.push(...messages),
      invoke: allWritten,
      ...ports,
    },
    {
      ...{ sink, code: null, dryRun: false, force: true, maxRecords: 2, maxBytes: 1_000_000 },
      stopped: () => false,
    },
  );
  const run = () =>
    replay
      .run(() => undefined)
      .then(
        () => true,
        () => false,
      );
  const says = async () => {
    const ended = await run();
    return endLines(replay.progress, { dryRun: false, ended });
  };
  return { says, removed };
}

const expired = async () => Promise.reject(new Error('ExpiredToken'));
const interrupted = '! An error ended this; the queue was not read to its end.';

it('whose invocation fails does not say that TOMBSTONES or TRANSFORM left its records out', async () => {
  const { says } = given([[message(1), message(2)]], { invoke: expired });
  expect(await says()).toEqual([
    '! 0 records of 2 written and removed from the queue.',
    interrupted,
    '! 2 records sent without a result: in the queue, and perhaps written.',
  ]);
});

it('whose records were written says so, if their messages could not be deleted', async () => {
  const { says } = given([[message(1), message(2)]], { remove: expired });
  expect(await says()).toEqual([
    '! 2 records of 2 written; up to 2 messages of settled records are still in the queue.',
    interrupted,
  ]);
});

it('deletes a message that was received twice by its last receipt handle', async () => {
  const { says, removed } = given([[message(1)], [message(1, 'second'), message(2)]]);
  expect(await says()).toEqual(['✓ 2 records of 2 written and removed from the queue.']);
  expect(removed.map(({ handle }) => handle)).toEqual(['m1 second', 'm2 first']);
});

it('removes a further message of a record that it has settled, and leaves a new one of the same', async () => {
  const copy = { ...message(1), id: 'copy', handle: 'copy' };
  const failed = { ...copy, id: 'failed', body: copy.body.replace('kafka:a', 'kafka:a#replay-1') };
  const { says, removed } = given([
    [message(1), message(2)],
    [copy, failed, message(3)],
  ]);
  expect(await says()).toEqual([
    '✓ 3 records of 3 written and removed from the queue.',
    '',
    'In the queue:',
    '       1  records that failed again',
  ]);
  expect(removed.map(({ id }) => id)).toEqual(['m1', 'm2', 'copy', 'm3']);
});

it('ends when the messages that stay come round again, however long the queue takes to read', async () => {
  const other = [1, 2, 3].map((offset) => ({ ...message(offset), body: 'of nobody' }));
  let calls = 0;
  const { says } = given([], {
    receive: async () => {
      calls += 1;
      if (calls > 50) throw new Error('endless');
      return calls === 2 ? [message(9)] : [other[calls % 3]!];
    },
  });
  expect(await says()).toEqual([
    '✓ 1 record of 1 written and removed from the queue.',
    '',
    'In the queue:',
    '       3  messages that no sink wrote',
  ]);
});
