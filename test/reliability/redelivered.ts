import { type Container, type Mode, startContainer } from '../support/container.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import type { Services } from '../support/services.ts';

/** The modes in which faults of delivery were shown. */
export const withLedger = (settings: Record<string, string> = {}): Mode => ({
  ...{ name: 'ledger', ledger: true },
  settings: {
    ...{ ERRORS_TOLERANCE: 'all', LEDGER_TABLE: 'msk-salesforce-sink-ledger' },
    ...settings,
  },
});

export const withoutLedger = (settings: Record<string, string> = {}): Mode => ({
  ...{ name: 'no ledger', ledger: false, settings: { ERRORS_TOLERANCE: 'all', ...settings } },
});

/** Records of one topic with these values. */
export const recordsOf = (topic: string, values: readonly object[]) =>
  values.map((value, offset) =>
    eventRecord({ topic, offset, timestamp: 1_700_000_000_000 + offset, value }),
  );

type Records = ReturnType<typeof recordsOf>;

/** A new container of a sink gets records; null, or the message of the error. */
export async function deliverTo(container: Container, records: Records): Promise<string | null> {
  const error = await container.sink.deliver(eventOf(records));
  container.close();
  return error === null ? null : error.message;
}

/** Delivers records to a container that is killed at its first look at the job, which runs on. */
export async function killedAtFirstPoll(
  services: Services,
  start: () => Container,
  records: Records,
) {
  const first = start();
  services.proxies.salesforce.arm({
    match: ({ step }) => step === 'info',
    when: 'after',
    action: { kind: 'call', run: () => first.lifetime.kill() },
  });
  await Promise.race([first.sink.deliver(eventOf(records)), first.lifetime.killed]);
  while (services.org.jobs().some(({ state }) => !/Complete|Failed|Aborted/.test(state))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  // A job says UploadComplete before it is at work, too.
  await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Starts containers of one sink. */
export const containers = (services: Services, mode: Mode, name: string) => (): Container =>
  startContainer(services, mode, name);

/** What waits in the errant queue, of this topic: `offset CODE`, with Salesforce's code if it has one. */
export async function errantRecordsOf(services: Services, topic: string): Promise<string[]> {
  const messages = (await services.queue.messages()).map(({ body }) => JSON.parse(body));
  return messages
    .filter((message) => message.topic === topic)
    .map(({ offset, errorCode, code }) => `${offset} ${errorCode ?? code}`);
}
