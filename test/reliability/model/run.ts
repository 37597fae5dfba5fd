import type { StoredRecord } from 'salesforce-bulk-emulator';
import { z } from 'zod';
import type { Services } from '../../support/services.ts';
import { type Delivered, Deliveries } from './deliveries.ts';
import { applyBehaviours, liftFaults, prepareOrg, type Resolve } from './org.ts';
import type { Delivery, Scenario } from './scenario.ts';

/** What a scenario came to. */
export interface Outcome {
  readonly rows: readonly StoredRecord[];
  /** `partition@offset` of each record in the errant queue, with why it is there. */
  readonly errant: ReadonlyMap<string, string>;
  /** Messages of rows that belong to no record. */
  readonly unmatched: number;
  readonly delivered: readonly Delivered[];
  readonly isDone: boolean;
  /** All that a reader of the log could see, errors among it. */
  readonly visibleText: readonly string[];
  readonly resolve: Resolve;
}

/** More deliveries without a fault than any scenario may need. */
const patience = 10;

const errantRecord = z.object({
  ...{ kind: z.literal('errant-record'), sink: z.string(), topic: z.string() },
  ...{
    partition: z.number(),
    offset: z.number(),
    code: z.string(),
    errorCode: z.string().optional(),
  },
});
const message = z.union([
  errantRecord,
  z.object({ kind: z.literal('unmatched-row'), sink: z.string() }),
]);

async function messagesOf(services: Services, sinkName: string) {
  const all = (await services.queue.messages()).map(({ body }) => message.parse(JSON.parse(body)));
  return all.filter(({ sink }) => sink === sinkName);
}

function whole({ lastTake, records }: Scenario): Delivery {
  return {
    takes: records.map(() => lastTake),
    ...{ isWarm: false, chaos: { kind: 'none' }, orgFaults: [], stepFault: null },
    ...{ hides: false, losesCommit: false },
  };
}

async function play(services: Services, scenario: Scenario, resolve: Resolve): Promise<Deliveries> {
  const { org } = services;
  const deliveries = new Deliveries(services, scenario, resolve);
  for (const plan of scenario.deliveries) {
    if (deliveries.isDone) break;
    for (const fault of plan.orgFaults) org.fault(fault);
    org.permit({ hidden: plan.hides ? ['Contact.Level__c'] : [] });
    await deliveries.deliver(plan);
  }
  await liftFaults(org, scenario, resolve);
  let failed = 0;
  while (!deliveries.isDone && failed < patience) {
    await deliveries.deliver(whole(scenario));
    if (deliveries.delivered.at(-1)?.error) failed += 1;
  }
  await deliveries.end();
  return deliveries;
}

const textOf = (error: Error): string => JSON.stringify([error.message, error.stack, error.cause]);

/** Plays a scenario to its end; the services must not be used by another one meanwhile. */
export async function run(services: Services, scenario: Scenario): Promise<Outcome> {
  let isOn = true;
  await services.queue.purge();
  const resolve = prepareOrg(services.org, scenario);
  applyBehaviours(services, scenario, () => isOn);
  const { delivered, containers, isDone } = await play(services, scenario, resolve);
  isOn = false;
  const messages = await messagesOf(services, `sink-${scenario.seed}`);
  const errants = messages.filter((one) => one.kind === 'errant-record');
  return {
    ...{ delivered, isDone, resolve },
    rows: services.org.records('Contact'),
    errant: new Map(
      errants.map(({ partition, offset, code, errorCode }) => [
        `${partition}@${offset}`,
        errorCode ?? code,
      ]),
    ),
    unmatched: messages.length - errants.length,
    visibleText: [
      ...containers.flatMap(({ sink }) => sink.log.lines.map((line) => JSON.stringify(line))),
      ...delivered.flatMap(({ error }) => (error === null ? [] : [textOf(error)])),
    ],
  };
}
