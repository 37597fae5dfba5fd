import fc from 'fast-check';
import type { Emulator } from 'salesforce-bulk-emulator';
import { expect } from 'vitest';
import type { EventRecord } from '../../../src/kafka/event.ts';
import { type Ledger, noLedger } from '../../../src/ledger/ledger.ts';
import type { HttpRequest } from '../../../src/runtime/http/send.ts';
import { Lifetime } from '../../support/lifetime.ts';
import { inMemoryLedger } from './in-memory-ledger.ts';
import { writerTo } from './write.ts';

/** A delivery: the size of the batch, and after how many calls the function is killed. */
export interface Delivery {
  readonly records: number;
  readonly killedAfter: number | null;
}

/** The first deliveries of a topic. */
export const deliveries = fc.array(
  fc.record<Delivery>({
    records: fc.integer({ min: 1, max: 12 }),
    killedAfter: fc.option(fc.integer({ min: 4, max: 30 }), { freq: 3 }),
  }),
  { minLength: 12, maxLength: 12 },
);

/** The later ones. */
const whole: Delivery = { records: 24, killedAfter: null };

/** The sink to deliver to. */
interface Target {
  readonly org: Emulator;
  readonly settings: Record<string, string>;
}

const late = () => new Error('not expected here');

/** An execution environment, killed after `killedAfter` calls. */
function container({ org, settings }: Target, ledger: Ledger, { killedAfter }: Delivery) {
  const life = new Lifetime();
  let calls = 0;
  const writer = writerTo(org, settings, {
    ledger: {
      read: life.guarded(ledger.read, late),
      write: life.guarded(ledger.write, late),
    },
    guard: ({ send, clock }) => ({
      send: life.guarded(async (request: HttpRequest) => {
        const reply = await send(request);
        calls += 1;
        if (calls === killedAfter) life.kill();
        return reply;
      }, late),
      clock: { ...clock, sleep: life.guarded(clock.sleep, late) },
    }),
  });
  return {
    write: (batch: readonly EventRecord[]) => Promise.race([writer.write(batch), life.killed]),
  };
}

/**
 * Delivers a topic until it is committed, and returns the errant records' codes by offset. The sink
 * keeps a job ledger if `LEDGER_TABLE` is set.
 */
export async function deliverAll(
  target: Target,
  topic: readonly EventRecord[],
  how: readonly Delivery[],
): Promise<ReadonlyMap<number, string>> {
  const ledger = 'LEDGER_TABLE' in target.settings ? inMemoryLedger() : noLedger;
  const errant = new Map<number, string>();
  let committed = 0;
  for (let n = 0; committed < topic.length; n++) {
    const delivery = how[n] ?? whole;
    const batch = topic.slice(committed, committed + delivery.records);
    const written = await container(target, ledger, delivery).write(batch);
    if (written === 'killed') continue;
    expect(written.error).toBeNull();
    for (const one of written.errant) {
      const [, offset, code = ''] = /@(\d+) (.*)$/.exec(one) ?? [];
      errant.set(Number(offset), code);
    }
    committed += batch.length;
  }
  return errant;
}
