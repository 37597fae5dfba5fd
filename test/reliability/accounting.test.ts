import fc from 'fast-check';
import type { Fault } from 'salesforce-bulk-emulator';
import { expect, it } from 'vitest';
import { startContainer } from '../support/container.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import { modes } from '../support/modes.ts';
import { useServices } from '../support/services.ts';

const services = await useServices();

/** A value of each kind, by the name that its row would have. */
const kinds = {
  good: (name: string) => ({ LastName: name }),
  'good, in an envelope': (name: string) => ({
    schema: { type: 'struct', fields: [{ field: 'LastName', type: 'string' }] },
    payload: { LastName: name },
  }),
  locked: (name: string) => ({ LastName: name, FirstName: 'locked' }),
  refused: (name: string) => ({ LastName: name, Email: 'no address' }),
  'too deep': (name: string) => ({ LastName: name, a: { b: { c: 1 } } }),
  'no object': () => [1, 2],
  broken: () => '{"LastName": "half',
  tombstone: () => undefined,
  'tombstone in an envelope': () => ({ schema: null, payload: null }),
  'rewritten delete': (name: string) => ({ LastName: name, __deleted: 'true' }),
} as const;

const records = fc.array(
  fc.record({
    partition: fc.integer({ min: 0, max: 2 }),
    kind: fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])),
  }),
  { minLength: 1, maxLength: 20 },
);

const reset = { kind: 'reset' } as const;
const orgFaults: readonly (Fault | null)[] = [
  null,
  { job: 'fail', afterRows: 0 },
  { job: 'fail', afterRows: 3, times: null },
  { job: 'abort', afterRows: 2 },
  { job: 'lose-rows', count: 2 },
  { job: 'lose-rows', count: 1, times: null },
  { job: 'vanish' },
  { call: 'create', action: reset },
  { call: 'upload', when: 'after', action: reset },
  { call: 'failedResults', when: 'after', action: { kind: 'truncate' } },
  { call: 'failedResults', times: null, action: { kind: 'status', status: 503 } },
  { call: 'info', when: 'after', times: 3, action: reset },
  { rowError: 'UNABLE_TO_LOCK_ROW:locked:--', match: { FirstName: 'locked' }, times: null },
];

let flushes = 0;

it('every record of any event ends in exactly one of written, errant and redelivered', async () => {
  const run = fc.asyncProperty(
    records,
    fc.constantFrom(...orgFaults),
    fc.constantFrom(...modes),
    async (given, fault, mode) => {
      flushes += 1;
      const topic = `a${flushes}`;
      services.org.reset();
      await services.queue.purge();
      if (fault !== null) services.org.fault(fault);
      const event = given.map(({ partition, kind }, offset) =>
        eventRecord({ topic, partition, offset, value: kinds[kind](`${topic}-${offset}`) }),
      );
      const container = startContainer(services, mode, topic);
      const redelivered = (await container.sink.deliver(eventOf(event))) !== null;
      container.close();

      const written = services.org.records('Contact').map(({ LastName }) => String(LastName));
      const errant = (await services.queue.messages())
        .map(({ body }) => JSON.parse(body) as { topic: string; offset: number })
        .filter((message) => message.topic === topic);
      const ends = given.map((_, offset) => [
        ...written.filter((name) => name === `${topic}-${offset}`),
        ...errant.filter((message) => message.offset === offset),
      ]);
      if (redelivered) expect(errant).toEqual([]);
      else expect(ends.map(({ length }) => length)).toEqual(given.map(() => 1));
    },
  );
  await fc.assert(run, { numRuns: 150 });
}, 120_000);
