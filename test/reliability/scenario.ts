import { z } from 'zod';
import type { KafkaEvent } from '../../src/kafka/event.ts';
import { type Container, type Mode, startContainer } from '../support/container.ts';
import { eventOf } from '../support/event.ts';
import type { Lifetime } from '../support/lifetime.ts';
import type { Services } from '../support/services.ts';
import { cuts, type GivenBatch, givenBatch } from './batches.ts';
import type { StepFault } from './faults.ts';
import type { Step } from './steps.ts';

/** One step that goes wrong in one way, and how Kafka sends the records again. */
export interface Scenario {
  readonly mode: Mode;
  readonly step: Step;
  readonly fault: StepFault;
  readonly cut: keyof typeof cuts;
}

/** What a scenario came to. */
export interface Outcome {
  /** Whether the step was reached and the fault was injected. */
  readonly injected: boolean;
  /** Deliveries until every record was settled. */
  readonly deliveries: number;
  /** Good records that are not in Salesforce, and bad ones that are not in the queue. */
  readonly lost: readonly string[];
  /** Good records that are there more than once, each as often as it is too many. */
  readonly repeated: readonly string[];
  /** What is in Salesforce or in the queue and should not be. */
  readonly unexpected: readonly string[];
  /** Why deliveries failed, in order. */
  readonly failures: readonly string[];
}

/** What Lambda says is left at the beginning of a delivery. */
const remainingMs = 840_000;

/** More deliveries than any scenario may need. */
const patience = 8;

const place = z.object({ topic: z.string(), partition: z.number(), offset: z.number() });

class Deliveries {
  readonly failures: string[] = [];
  count = 0;
  readonly #start: () => Container;
  #container: Container;

  constructor(start: () => Container) {
    this.#start = start;
    this.#container = start();
  }

  get life(): Lifetime {
    return this.#container.lifetime;
  }

  /** Starts another container, as Lambda does after a timeout. */
  replace(): void {
    this.#container.close();
    this.#container = this.#start();
  }

  /** True when the records may be committed. A killed container is replaced. */
  async deliver(event: KafkaEvent): Promise<boolean> {
    this.count += 1;
    const container = this.#container;
    const ended = await Promise.race([
      container.sink.deliver(event, remainingMs),
      container.lifetime.killed,
    ]);
    if (ended === null) return true;
    this.failures.push(ended === 'killed' ? 'killed' : ended.message.slice(0, 200));
    if (ended === 'killed') this.replace();
    return false;
  }

  close(): void {
    this.#container.close();
  }
}

function countOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

async function account(services: Services, batch: GivenBatch) {
  const { topic, good, bad } = batch;
  const isOurs = (name: string) => name.startsWith(`${topic} `);
  const written = services.org
    .records('Contact')
    .map(({ LastName }) => String(LastName))
    .filter(isOurs);
  const reported = (await services.queue.messages())
    .map(({ body }) => place.parse(JSON.parse(body)))
    .filter((record) => record.topic === topic)
    .map(({ partition, offset }) => `${topic}-${partition}@${offset}`);
  const counts = countOf(written);
  return {
    lost: [
      ...good.filter((name) => !counts.has(name)),
      ...bad.filter((name) => !reported.includes(name)),
    ],
    repeated: [...counts].flatMap(([name, count]) => Array<string>(count - 1).fill(name)),
    unexpected: [
      ...written.filter((name) => !good.includes(name)),
      ...reported.filter((name) => !bad.includes(name)),
    ],
  };
}

/** Breaks one step of the first delivery, and redelivers until every record is settled. */
export async function play(
  services: Services,
  scenario: Scenario,
  number: number,
): Promise<Outcome> {
  const { mode, step, fault, cut } = scenario;
  const batch = givenBatch(`t${number}`);
  for (const LastName of batch.locked) {
    const rowError = 'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--';
    services.org.fault({ rowError, match: { LastName } });
  }
  const isSilent = fault.name.startsWith('silent');
  let armed = true;
  let hits = 0;
  const deliveries = new Deliveries(() => startContainer(services, mode, `sink-${number}`));
  services.proxies[step.service].arm({
    match({ step: call }) {
      const hit = armed && call === step.call;
      if (hit) hits += 1;
      return hit;
    },
    when: fault.when,
    skip: step.skip,
    times: fault.occurs === 'once' ? 1 : Number.POSITIVE_INFINITY,
    action: fault.action(step.service, () => deliveries.life),
  });
  const settled = await deliveries.deliver(eventOf(batch.records));
  armed = false;
  if (isSilent) deliveries.replace();
  const injected = hits > step.skip;
  for (const event of settled ? [] : cuts[cut](batch)) {
    while (!(await deliveries.deliver(event)) && deliveries.count < patience);
  }
  deliveries.close();
  const { count, failures } = deliveries;
  return { injected, deliveries: count, failures, ...(await account(services, batch)) };
}
