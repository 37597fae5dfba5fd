import { describe, expect, it, vi } from 'vitest';
import type { Handle } from '../../../cli/replay/message.ts';
import type { ReplayPorts } from '../../../cli/replay/ports.ts';
import type { ReplayOrder } from '../../../cli/replay/progress.ts';
import { ErrantReplay } from '../../../cli/replay/replay.ts';
import { startContainer } from '../../support/container.ts';
import { eventOf, eventRecord } from '../../support/event.ts';
import { modes } from '../../support/modes.ts';
import { invokeOf, useReplayServices } from './given/replay-services.ts';

// Some dozens of replays each, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const { services, startQueue, messagesOf, writtenOf } = await useReplayServices();

const mode = modes[0]!;
let topics = 0;

/** Records of two partitions: those with an odd offset have a field that is hidden at first. */
const records = (topic: string) =>
  [0, 1].flatMap((partition) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map((offset) => {
      const field = offset % 2 === 1 ? { Level__c: 'Gold' } : {};
      const broken =
        offset === 5 ? '{"LastName":' : { LastName: `${topic} ${partition} ${offset}`, ...field };
      return eventRecord({
        topic,
        partition,
        offset,
        timestamp: 1_700_000_000_000 + offset,
        value: broken,
      });
    }),
  );

/** A sink that has met errant records whose cause is corrected: three of four in each partition. */
async function given() {
  topics += 1;
  const topic = `r${topics}`;
  const container = startContainer(services, mode, topic);
  services.org.permit({ hidden: ['Contact.Level__c'] });
  expect(await container.sink.deliver(eventOf(records(topic)))).toBeNull();
  container.close();
  services.org.permit({ hidden: [] });
  return topic;
}

const waitingOf = async (topic: string) =>
  (await messagesOf(topic))
    .map(({ partition, offset }) => `${topic} ${partition} ${offset}`)
    .toSorted();

const isBroken = (name: string) => name.endsWith(' 5');
const everyName = (topic: string) =>
  records(topic)
    .map(({ partition, offset }) => `${topic} ${partition} ${offset}`)
    .toSorted();
const usable = (topic: string) => everyName(topic).filter((name) => !isBroken(name));

/** The ports of a run in which the call of this number, counted from one, is the last. */
function portsOf(topic: string, death: { at: number; when: 'before' | 'after' } | null) {
  const queue = startQueue();
  const container = startContainer(services, mode, topic);
  const hidden = new Map<string, Handle>();
  const killed = Promise.withResolvers<'killed'>();
  let calls = 0;
  const mortal =
    <A extends unknown[], R>(call: (...given: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      const isLast = death !== null && calls >= death.at;
      if (isLast && (calls > death.at || death.when === 'before')) {
        killed.resolve('killed');
        return new Promise<never>(() => undefined);
      }
      const result = await call(...args);
      if (!isLast) return result;
      killed.resolve('killed');
      return new Promise<never>(() => undefined);
    };
  const ports: ReplayPorts = {
    receive: mortal(async () => {
      const messages = await queue.receive();
      for (const { id, handle } of messages) hidden.set(id, { id, handle });
      return messages;
    }),
    hold: mortal(queue.hold),
    remove: mortal(queue.remove),
    giveBack: mortal(queue.giveBack),
    invoke: mortal(invokeOf(container)),
  };
  return {
    ...{ ports, container, calls: () => calls, killed: killed.promise },
    /** What was hidden comes back, as it does when its time is over. */
    async end() {
      container.close();
      await queue.giveBack([...hidden.values()]);
    },
  };
}

const orderOf = (topic: string, order: Partial<ReplayOrder> = {}): ReplayOrder => ({
  ...{ sink: topic, code: null, dryRun: false, force: true, maxRecords: 3, maxBytes: 1_000_000 },
  stopped: () => false,
  ...order,
});

/** One run, to its end or its death. */
async function run(topic: string, death: Parameters<typeof portsOf>[1] = null, order = {}) {
  const given = portsOf(topic, death);
  const replay = new ErrantReplay(given.ports, orderOf(topic, order));
  const failure = (error: unknown) => error as Error;
  const ended = await Promise.race([
    replay.run(() => undefined).then(() => null, failure),
    given.killed,
  ]);
  await given.end();
  return { ended, calls: given.calls(), progress: replay.progress };
}

/** Every record is written or waits, and none is written twice. */
async function account(topic: string) {
  const [written, waiting] = [writtenOf(topic), await waitingOf(topic)];
  expect(written).toEqual([...new Set(written)]);
  const lost = everyName(topic).filter(
    (name) => !written.includes(name) && !waiting.includes(name),
  );
  expect(lost).toEqual([]);
}

describe('a replay', () => {
  it('writes what was corrected, and leaves what fails again as a new message', async () => {
    const topic = await given();
    expect(await waitingOf(topic)).toHaveLength(8);
    const { ended, progress } = await run(topic);
    expect(ended).toBeNull();
    expect(progress).toMatchObject({ replayed: 8, written: 6, errant: 2, skipped: 0 });
    expect(writtenOf(topic)).toEqual(usable(topic));
    expect(await waitingOf(topic)).toEqual([`${topic} 0 5`, `${topic} 1 5`]);
  });

  it('can be had again for what failed again', async () => {
    const topic = await given();
    await run(topic);
    expect((await run(topic)).progress).toMatchObject({ replayed: 2, written: 0, errant: 2 });
    expect(await waitingOf(topic)).toHaveLength(2);
    expect(writtenOf(topic)).toEqual(usable(topic));
  });

  it('of one code leaves the others where they were', async () => {
    const topic = await given();
    const { progress } = await run(topic, null, { code: 'FIELD_UNKNOWN' });
    expect(progress).toMatchObject({ replayed: 6, written: 6 });
    expect(progress.kept.get('records with another code: JSON_INVALID')).toBe(2);
    expect(await waitingOf(topic)).toHaveLength(2);
  });

  it('that is only tried changes nothing', async () => {
    const topic = await given();
    const { progress } = await run(topic, null, { dryRun: true });
    expect(progress).toMatchObject({ fit: 8, replayed: 0 });
    expect(await waitingOf(topic)).toHaveLength(8);
    expect((await run(topic)).progress).toMatchObject({ replayed: 8 });
  });

  it('that is stopped gives back what it has not sent', async () => {
    const topic = await given();
    const checks = Array.from({ length: 5 }, () => false);
    const { progress } = await run(topic, null, { stopped: () => checks.pop() ?? true });
    expect(progress.replayed).toBeGreaterThan(0);
    expect(progress.replayed).toBeLessThan(8);
    await account(topic);
    await run(topic);
    expect(writtenOf(topic)).toEqual(usable(topic));
  });

  it('whose invocation fails ends with its error, and loses nothing', async () => {
    const topic = await given();
    services.org.fault({ call: 'create', times: 1, action: { kind: 'status', status: 400 } });
    const { ended } = await run(topic);
    expect(ended).toMatchObject({ code: 'SALESFORCE_REFUSED' });
    expect(await waitingOf(topic)).toHaveLength(8);
    await run(topic);
    expect(writtenOf(topic)).toEqual(usable(topic));
  });
});

describe('whenever a replay is killed', () => {
  // One call follows the other, so after one of them is before the next.
  it('before any of its calls or after the last, the next one writes what is left, each record once', async () => {
    const { calls } = await run(await given());
    const before = Array.from({ length: calls }, (_, index) => ({
      at: index + 1,
      when: 'before' as const,
    }));
    for (const death of [...before, { at: calls, when: 'after' as const }]) {
      const topic = await given();
      expect((await run(topic, death)).ended).toBe('killed');
      await account(topic);
      await run(topic, null, { maxRecords: 4 });
      expect((await run(topic, null, { maxRecords: 4 })).ended).toBeNull();
      expect(writtenOf(topic)).toEqual(usable(topic));
      expect(new Set(await waitingOf(topic))).toEqual(new Set([`${topic} 0 5`, `${topic} 1 5`]));
    }
  });

  it.each(['create', 'upload', 'close', 'info', 'PutItem', 'SendMessageBatch'])(
    'the function at %s, the next replay continues with the job, in other batches',
    async (step) => {
      for (const when of ['before', 'after'] as const) {
        const topic = await given();
        const killed = portsOf(topic, null);
        const service =
          step === 'PutItem' ? 'ledger' : step === 'SendMessageBatch' ? 'queue' : 'salesforce';
        let strikes = 0;
        services.proxies[service].arm({
          ...{ when, times: 1 },
          // A write of several partitions has another name.
          match: (call) =>
            call.step === step || (step === 'PutItem' && call.step === 'TransactWriteItems'),
          action: {
            kind: 'call',
            run: () => {
              strikes += 1;
              killed.container.lifetime.kill();
            },
          },
        });
        const replay = new ErrantReplay(killed.ports, orderOf(topic, { maxRecords: 4 }));
        await Promise.race([replay.run(() => undefined), killed.container.lifetime.killed]);
        await killed.end();
        expect(strikes).toBe(1);
        await account(topic);
        await run(topic, null, { maxRecords: 3 });
        await run(topic, null, { maxRecords: 8 });
        expect(writtenOf(topic)).toEqual(usable(topic));
        expect(new Set(await waitingOf(topic))).toEqual(new Set([`${topic} 0 5`, `${topic} 1 5`]));
      }
    },
  );
});
