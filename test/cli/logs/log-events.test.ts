import type { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, it } from 'vitest';
import { logEvents } from '../../../cli/logs/log-events.ts';

/** A log whose poll has these pages. */
function givenPages(...pages: readonly (readonly number[])[]) {
  let sent = 0;
  const send = async ({ input }: FilterLogEventsCommand) => {
    sent += 1;
    const at = Number(input.nextToken ?? 0);
    const events = (pages[at] ?? []).map((timestamp) => ({
      ...{ eventId: `e${timestamp}`, timestamp, message: `line ${timestamp}\n` },
    }));
    return { events, ...(at + 1 < pages.length && { nextToken: String(at + 1) }) };
  };
  const client = { send } as unknown as Parameters<typeof logEvents>[0]['client'];
  const lines = logEvents({ client, logGroup: 'g', since: 0, pause: async () => false });
  return { lines, sent: () => sent };
}

it('a page of lines is given before the next one is read', async () => {
  const { lines, sent } = givenPages([1, 2], [], [3]);
  expect((await lines.next()).value).toEqual([
    { at: 1, text: 'line 1' },
    { at: 2, text: 'line 2' },
  ]);
  expect(sent()).toBe(1);
  expect((await lines.next()).value).toEqual([{ at: 3, text: 'line 3' }]);
  expect(await lines.next()).toMatchObject({ done: true });
});

it('a poll without lines gives one empty item, however many pages it has', async () => {
  const { lines, sent } = givenPages([], []);
  expect((await lines.next()).value).toEqual([]);
  expect(sent()).toBe(2);
  expect(await lines.next()).toMatchObject({ done: true });
});
