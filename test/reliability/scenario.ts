import type { KafkaEvent } from '../../src/kafka/event.ts';
import { type Container, startContainer } from '../support/container.ts';
import { eventOf } from '../support/event.ts';
import type { Lifetime } from '../support/lifetime.ts';
import type { Services } from '../support/services.ts';
import type { StepFault } from './faults.ts';
import { cuts } from './given-batch.ts';
import type { MatrixPart } from './matrix-modes.ts';
import { type EndState, endStateOf } from './outcome.ts';
import type { Step } from './steps.ts';

/** One step that goes wrong in one way, and how Kafka sends the records again. */
export interface Scenario {
  readonly mode: MatrixPart;
  readonly step: Step;
  readonly fault: StepFault;
  readonly cut: keyof typeof cuts;
}

/** What a scenario came to. */
export interface Outcome extends EndState {
  /** Whether the step was reached and the fault was injected. */
  readonly injected: boolean;
  /** Deliveries until every record was settled. */
  readonly deliveries: number;
  /** Why deliveries failed, in order. */
  readonly failures: readonly string[];
}

/** What Lambda says is left at the beginning of a delivery. */
const remainingMs = 840_000;

/** More deliveries than any scenario may need. */
const patience = 8;

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

/** Breaks one step of the first delivery, and redelivers until every record is settled. */
export async function play(
  services: Services,
  scenario: Scenario,
  number: number,
): Promise<Outcome> {
  const { mode, step, fault, cut } = scenario;
  const batch = mode.batchOf(`t${number}`);
  services.org.reset();
  await services.queue.purge();
  batch.prepare(services.org);
  const isSilent = fault.name.startsWith('silent');
  let armed = true;
  let jobs = 0;
  let hits = 0;
  const deliveries = new Deliveries(() => startContainer(services, mode, `sink-${number}`));
  services.proxies[step.service].arm({
    match({ step: call }) {
      if (call === 'create') jobs += 1;
      const hit = armed && call === step.call && jobs >= step.jobs;
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
  return { injected, deliveries: count, failures, ...(await endStateOf(services, batch)) };
}
