import { describe, expect, it } from 'vitest';
import type { Handle } from '../../../cli/replay/message.ts';
import { ErrantReplay } from '../../../cli/replay/replay.ts';
import { startContainer } from '../../support/container.ts';
import { eventOf, eventRecord } from '../../support/event.ts';
import { modes } from '../../support/modes.ts';
import { invokeOf, useReplayServices } from './given/replay-services.ts';

const { services, startQueue, messagesOf, writtenOf } = await useReplayServices();

const mode = modes[0]!;
const hour = 3_600_000;
const begin = 1_700_000_000_000;

/** A record of a topic that was deleted and created again, or of the one before it. */
const record = (topic: string, offset: number, hours: number) =>
  eventRecord({
    ...{ topic, offset, timestamp: begin + hours * hour },
    value: { LastName: `${topic} ${offset} at ${hours} h`, Level__c: 'Gold' },
  });

/** Makes the records errant, by a field that is hidden meanwhile. */
async function report(topic: string, records: readonly ReturnType<typeof record>[]) {
  services.org.permit({ hidden: ['Contact.Level__c'] });
  for (const one of records) {
    const container = startContainer(services, mode, topic);
    expect(await container.sink.deliver(eventOf([one]))).toBeNull();
    container.close();
  }
  services.org.permit({ hidden: [] });
}

/** Replays what waits; `kill` ends the function at this step. */
async function replay(topic: string, kill: string | null = null) {
  const container = startContainer(services, mode, topic);
  const queue = startQueue();
  const order = { sink: topic, code: null, dryRun: false, force: true, maxBytes: 1_000_000 };
  const received: Handle[] = [];
  const receive = async () => {
    const messages = await queue.receive();
    received.push(...messages);
    return messages;
  };
  const run = new ErrantReplay(
    { ...queue, receive, invoke: invokeOf(container) },
    { ...order, maxRecords: 100, stopped: () => false },
  );
  if (kill !== null) {
    services.proxies.salesforce.arm({
      ...{ when: 'after', times: 1, match: ({ step }) => step === kill },
      action: { kind: 'call', run: () => container.lifetime.kill() },
    });
  }
  await Promise.race([run.run(() => undefined), container.lifetime.killed]);
  container.close();
  // What was hidden comes back, as it does when its time is over.
  if (kill !== null) await queue.giveBack(received);
  return run.progress;
}

const waiting = async (topic: string) =>
  (await messagesOf(topic))
    .map(({ timestamp, value }) => [
      (timestamp - begin) / hour,
      JSON.parse(Buffer.from(value, 'base64').toString()).LastName,
    ])
    .toSorted();

describe('a record of a recreated topic', () => {
  it('is written after a replay has settled its offset of the topic before', async () => {
    await report('settled', [record('settled', 5, 0), record('settled', 9, 20)]);
    expect(await replay('settled')).toMatchObject({ replayed: 2, written: 2 });
    await report('settled', [record('settled', 5, 10)]);
    expect(await replay('settled')).toMatchObject({ replayed: 1, written: 1, skipped: 0 });
    const names = ['settled 5 at 0 h', 'settled 5 at 10 h', 'settled 9 at 20 h'];
    expect(writtenOf('settled')).toEqual(names);
  });

  it('is written once if a replay was killed whose job has its offset of the topic before', async () => {
    await report('killed', [record('killed', 5, 0), record('killed', 9, 20)]);
    await replay('killed', 'close');
    await report('killed', [record('killed', 5, 10)]);
    expect(await replay('killed')).toMatchObject({ replayed: 3, written: 3 });
    expect(writtenOf('killed')).toEqual([
      'killed 5 at 0 h',
      'killed 5 at 10 h',
      'killed 9 at 20 h',
    ]);
  });

  it('that fails again with the record of its offset before leaves a message of each', async () => {
    await report('failing', [record('failing', 5, 0), record('failing', 5, 10)]);
    services.org.permit({ hidden: ['Contact.Level__c'] });
    expect(await replay('failing')).toMatchObject({ replayed: 2, errant: 2 });
    services.org.permit({ hidden: [] });
    expect(await waiting('failing')).toEqual([
      [0, 'failing 5 at 0 h'],
      [10, 'failing 5 at 10 h'],
    ]);
  });
});
