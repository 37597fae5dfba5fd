// Measures how the CPU of a flush grows with what a batch has: `node bench/measure-growth.ts records`;
// prints JSON.
import type { KafkaEvent } from '../src/kafka/event.ts';
import { cpuMs, median } from './cpu.ts';
import { type Growing, growing } from './growth.ts';
import { InstantTable } from './instant-ledger.ts';
import { instantSalesforce } from './instant-salesforce.ts';
import { instantSink } from './instant-sink.ts';

const chosen = growing[process.argv[2] ?? 'records'] as Growing;
const { amounts, errorOf } = chosen;
const settingsOf = (amount: number) =>
  typeof chosen.settings === 'function' ? chosen.settings(amount) : chosen.settings;
const timeLeftMs = 840_000;

/** Org and ledger as a delivery finds them. */
interface Found {
  readonly send: ReturnType<typeof instantSalesforce>;
  readonly table: InstantTable;
}

/** What a redelivery finds: the job of the first delivery, in the ledger as it was created. */
async function afterDelivery(
  event: KafkaEvent,
  settings: ReturnType<typeof settingsOf>,
): Promise<Found> {
  const [send, table] = [instantSalesforce(errorOf), new InstantTable()];
  await instantSink(settings, send, table)(event, timeLeftMs);
  return { send, table: new InstantTable(table.firstWrite) };
}

const untouched = (): Found => ({ send: instantSalesforce(errorOf), table: new InstantTable() });

const given = await Promise.all(
  amounts.map(async (amount) => {
    const event = chosen.event(amount);
    const settings = settingsOf(amount);
    const found = chosen.isRedelivery ? await afterDelivery(event, settings) : null;
    return { event, settings, found };
  }),
);
const rounds = 7;
const costs: number[][] = amounts.map(() => []);
for (let round = 0; round < rounds; round++) {
  for (const [at, { event, settings, found }] of given.entries()) {
    // A sink that has seen no batch yet: waits and descriptions are those of a first flush.
    const { send, table } = found ?? untouched();
    const invoke = instantSink(settings, send, table);
    costs[at]?.push(await cpuMs(() => invoke(event, timeLeftMs)));
  }
}
// The first rounds compile the code.
console.log(JSON.stringify({ amounts, ms: costs.map((some) => median(some.slice(2))) }));
