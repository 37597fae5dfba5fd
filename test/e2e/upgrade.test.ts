import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalFunction } from '../../local/lambda-runtime/local-function.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import { hasPart } from '../support/parts.ts';
import { type Services, startServices } from '../support/services.ts';
import { noOld, type Operation, sinkSettings, type Version } from './given/sink-versions.ts';

let services: Services;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.close());

/** A sink of either version, in a process that the next delivery starts after a kill. */
function sinkOf(version: Version, operation: Operation): LocalFunction {
  return new LocalFunction(sinkSettings(services, version, operation), () => undefined);
}

/** Of ten records, one has a value that is no JSON and one a field that Salesforce does not have. */
const isBroken = (offset: number) => offset % 10 === 3 || offset % 10 === 7;

const valueAt = (name: string, offset: number, operation: Operation) => {
  // An insert has no unique field, so that a record that is written twice shows.
  const key = { ExternalId__c: `${name.split(' ', 2).join(' ')} ${offset % 4}` };
  const fields = { LastName: name, ...(operation === 'upsert' ? key : {}) };
  if (offset % 10 === 3) return '{"LastName":';
  return JSON.stringify(offset % 10 === 7 ? { ...fields, Absent__c: 1 } : fields);
};

const nameOf = (topic: string, partition: number, offset: number) =>
  `${topic} ${partition} ${offset}`;

/** The records of both partitions from one offset up to another. */
const recordsOf = (topic: string, operation: Operation, from: number, to: number) =>
  [0, 1].flatMap((partition) =>
    Array.from({ length: to - from }, (_, index) => {
      const offset = from + index;
      const value = valueAt(nameOf(topic, partition, offset), offset, operation);
      return eventRecord({ ...{ topic, partition, offset, value }, timestamp: 1_700_000_000_000 });
    }),
  );

/** Every call at which a function is killed, and the service that gets it. */
const steps = [
  ['salesforce', ['create']],
  ['salesforce', ['upload']],
  ['salesforce', ['close']],
  ['salesforce', ['info']],
  ['ledger', ['PutItem', 'TransactWriteItems']],
  ['queue', ['SendMessageBatch']],
] as const;

/** Kills a function at the first call of a step; resolves to whether that call came. */
async function killedAt(
  one: LocalFunction,
  event: unknown,
  [[service, calls], when]: readonly [(typeof steps)[number], 'before' | 'after'],
): Promise<boolean> {
  let strikes = 0;
  services.proxies[service].arm({
    ...{ when, times: 1 },
    match: ({ step }) => (calls as readonly string[]).includes(step),
    action: {
      kind: 'call',
      run: () => {
        strikes += 1;
        void one.kill();
      },
    },
  });
  await one.invoke(event);
  return strikes === 1;
}

const range = (to: number) => Array.from({ length: to }, (_, offset) => offset);

const places = (topic: string, count: number, which: (offset: number) => boolean) =>
  [0, 1].flatMap((partition) =>
    range(count)
      .filter(which)
      .map((offset) => nameOf(topic, partition, offset)),
  );

async function reported(topic: string): Promise<Set<string>> {
  const messages = (await services.queue.messages()).map(({ body }) => JSON.parse(body));
  return new Set(
    messages
      .filter((message) => message.topic === topic)
      .map(({ partition, offset }) => nameOf(topic, partition, offset)),
  );
}

const written = (topic: string) =>
  services.org
    .records('Contact')
    .map(({ LastName }) => String(LastName))
    .filter((name) => name.startsWith(`${topic} `));

/** What the org must hold: every record for an insert, the last of each key for an upsert. */
function wanted(topic: string, count: number, operation: Operation): string[] {
  const good = places(topic, count, (offset) => !isBroken(offset));
  if (operation === 'insert') return good.toSorted();
  const byKey = Map.groupBy(good, (name) => {
    const [, partition, offset] = name.split(' ');
    return `${partition} ${Number(offset) % 4}`;
  });
  return [...byKey.values()].map((names) => String(names.at(-1))).toSorted();
}

let topics = 0;

/** A batch is killed in one version; the other gets it again, in other batches, then the first. */
async function changeOver(
  [first, second]: readonly [LocalFunction, LocalFunction],
  operation: Operation,
  death: readonly [(typeof steps)[number], 'before' | 'after'],
): Promise<void> {
  topics += 1;
  const topic = `u${topics}`;
  const deliver = async (one: LocalFunction, from: number, to: number) => {
    const outcome = await one.invoke(eventOf(recordsOf(topic, operation, from, to)));
    expect(outcome).toMatchObject({ kind: 'returned' });
  };
  expect(await killedAt(first, eventOf(recordsOf(topic, operation, 0, 10)), death)).toBe(true);
  await deliver(second, 0, 5);
  await deliver(second, 5, 20);
  // A commit that failed: the records of the last flush come again, to the version before.
  await deliver(first, 5, 20);
  await deliver(first, 20, 30);
  await deliver(second, 20, 30);
  expect(written(topic).toSorted()).toEqual(wanted(topic, 30, operation));
  expect([...(await reported(topic))].toSorted()).toEqual(places(topic, 30, isBroken).toSorted());
}

const orders = [
  ['upgraded', ['old', 'new']],
  ['rolled back', ['new', 'old']],
] as const;
const cases = orders.flatMap(([what, order]) =>
  (['insert', 'upsert'] as const).flatMap((operation) =>
    steps.map((step) => ({ what, order, operation, step, call: step[1][0] })),
  ),
);

describe.runIf(hasPart('history', noOld))('a sink that is killed in the middle of a flush', () => {
  const sinks = new Map<string, LocalFunction>();
  const sinkFor = (version: Version, operation: Operation): LocalFunction => {
    const known = sinks.get(version + operation) ?? sinkOf(version, operation);
    sinks.set(version + operation, known);
    return known;
  };
  afterAll(() => Promise.all([...sinks.values()].map((one) => one.kill())));

  test.each(cases)(
    'at $call and then $what loses nothing and writes nothing twice: $operation',
    async ({ order: [first, second], operation, step }) => {
      const both = [sinkFor(first, operation), sinkFor(second, operation)] as const;
      for (const when of ['before', 'after'] as const) {
        await changeOver(both, operation, [step, when]);
      }
    },
  );
});
