import { expect, it } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { eventOfValues } from '../support/event.ts';
import { sinkTo } from '../support/sink.ts';

const org = await useEmulator();

const event = eventOfValues([{ LastName: 'A' }]);

/** Answers a call that the flush can do without, so that only the header matters. */
const answering = (headers: Record<string, string>) =>
  org.fault({ call: 'limits', times: null, action: { kind: 'status', status: 403, headers } });

/** Delivers twice with a sink that asks for the limits each time. */
async function warnings() {
  org.use({ apiRequests: { used: 95_000, max: 100_000 } });
  const { deliver, log } = sinkTo(org.url, { API_USAGE_CEILING: '0.9' });
  await deliver(event);
  await deliver(event);
  return log.lines.filter(({ message }) => message.startsWith('API version'));
}

it('a version that Salesforce is about to retire is logged once', async () => {
  answering({ warning: '299 - "This API is deprecated and will be removed by Summer \'28."' });
  expect(await warnings()).toEqual([
    expect.objectContaining({
      level: 'warn',
      remedy: 'Set SALESFORCE_API_VERSION to a newer version.',
      reason: "This API is deprecated and will be removed by Summer '28.",
    }),
  ]);
});

it.each(['110 proxy "Response is Stale"', '2990 - "no such code"', ''])(
  'a warning of another kind is not: %s',
  async (warning) => {
    answering({ warning });
    expect(await warnings()).toEqual([]);
  },
);
