import type { EventRecord } from '../../../src/kafka/event.ts';
import { type Container, type Mode, startContainer } from '../../support/container.ts';
import { eventOf, eventRecord } from '../../support/event.ts';
import type { Services } from '../../support/services.ts';
import { stepFaults } from '../faults.ts';
import { FaultyLifetime } from './faulty-lifetime.ts';
import { idle, lagOf, type Resolve } from './org.ts';
import type { Delivery, GivenRecord, GivenStepFault, Scenario } from './scenario.ts';

/** What was seen of one delivery. */
export interface Delivered {
  readonly records: readonly GivenRecord[];
  /** `settled`, `killed`, `paused`, or the message of the error. */
  readonly ended: string;
  readonly error: Error | null;
  readonly jobs: number;
  /** By the container's clock; null for one that did not come to its end. */
  readonly tookMs: number | null;
}

type Running = Container & { readonly lifetime: FaultyLifetime };

/** Delivers the records of a scenario, and keeps what Kafka keeps: what is committed. */
export class Deliveries {
  readonly delivered: Delivered[] = [];
  readonly containers: Running[] = [];
  readonly #services: Services;
  readonly #scenario: Scenario;
  readonly #resolve: Resolve;
  readonly #committed = new Set<GivenRecord>();
  readonly #zombies: { life: FaultyLifetime; until: number; ended: Promise<unknown> }[] = [];
  #warm: Running | null = null;

  constructor(services: Services, scenario: Scenario, resolve: Resolve) {
    this.#services = services;
    this.#scenario = scenario;
    this.#resolve = resolve;
  }

  /** True when every record is committed. */
  get isDone(): boolean {
    return this.#committed.size === this.#scenario.records.length;
  }

  /** The next batch: this number of records of each partition from its committed offset on. */
  #batch(takes: readonly number[]): GivenRecord[] {
    const open = this.#scenario.records.filter((record) => !this.#committed.has(record));
    const partitions = [...Map.groupBy(open, ({ partition }) => partition)];
    const batch = partitions.flatMap(([partition, records]) =>
      records.slice(0, takes[partition] ?? 0),
    );
    return batch.length > 0 ? batch : (partitions[0]?.[1] ?? []).slice(0, 1);
  }

  #container({ isWarm, chaos }: Delivery): Running {
    if (isWarm && chaos.kind === 'none' && this.#warm !== null) return this.#warm;
    const { seed, settings, promised } = this.#scenario;
    const mode: Mode = { name: promised, ledger: promised === 'job ledger', settings };
    const life = new FaultyLifetime(chaos);
    const parts = { lifetime: life, latency: lagOf(this.#scenario) };
    const container = {
      ...startContainer(this.#services, mode, `sink-${seed}`, parts),
      lifetime: life,
    };
    this.containers.push(container);
    return container;
  }

  #eventRecord({ partition, offset, timestamp, key, text }: GivenRecord): EventRecord {
    const place = { topic: `t${this.#scenario.seed}`, partition, offset, timestamp };
    const keyed = key === null ? {} : { key: Buffer.from(this.#resolve(key)).toString('base64') };
    return eventRecord({
      ...place,
      ...keyed,
      value: text === null ? undefined : this.#resolve(text),
    });
  }

  /** One delivery, by its plan; the one before it may still be under way. */
  async deliver(plan: Delivery): Promise<void> {
    const records = this.#batch(plan.takes);
    const container = this.#container(plan);
    const { lifetime: life, sink } = container;
    const zombies = this.#zombies.map((zombie) => zombie.life);
    for (const zombie of this.#zombies) life.atCall(zombie.until, () => zombie.life.resume());
    const disarm = this.#arm(plan.stepFault, life);
    const jobs = this.#services.org.jobs().length;
    const beganAt = sink.clock.now();
    const event = eventOf(records.map((record) => this.#eventRecord(record)));
    const flush = sink.deliver(event, this.#scenario.remainingMs);
    const ended = await Promise.race([flush, life.killed, life.paused]);
    disarm();
    // No container outlives the timeout of a function by a day.
    for (const zombie of zombies) zombie.resume();
    this.#note(records, ended, {
      jobs: this.#services.org.jobs().length - jobs,
      tookMs: sink.clock.now() - beganAt,
    });
    this.#warm = typeof ended === 'string' ? null : container;
    if (ended === 'paused' && plan.chaos.kind === 'pause') {
      const end = Promise.race([flush, life.killed]);
      this.#zombies.push({ life, until: plan.chaos.until, ended: end });
    }
    if (ended === null && !plan.losesCommit) for (const one of records) this.#committed.add(one);
    if (this.#scenario.promised !== 'job ledger') await idle(this.#services.org);
  }

  #note(
    records: readonly GivenRecord[],
    end: Error | 'killed' | 'paused' | null,
    { jobs, tookMs }: Pick<Delivered, 'jobs' | 'tookMs'>,
  ): void {
    const error = end instanceof Error ? end : null;
    const isWhole = typeof end !== 'string';
    const ended = isWhole ? (error?.message ?? 'settled') : end;
    this.delivered.push({ records, ended, error, jobs, tookMs: isWhole ? tookMs : null });
  }

  /** Lets a step go wrong until the function that it gives is called. */
  #arm(given: GivenStepFault | null, life: FaultyLifetime): () => void {
    const fault = stepFaults.find(({ name }) => name === given?.fault);
    if (given === null || fault === undefined) return () => undefined;
    let isArmed = true;
    this.#services.proxies[given.service].arm({
      match: ({ step }) => isArmed && step === given.call,
      when: fault.when,
      skip: given.skip,
      times: fault.occurs === 'once' ? 1 : Number.POSITIVE_INFINITY,
      action: fault.action(given.service, () => life),
    });
    return () => {
      isArmed = false;
    };
  }

  /** Lets every container that stands still come to its end, and closes all. */
  async end(): Promise<void> {
    for (const { life } of this.#zombies) life.resume();
    await Promise.all(this.#zombies.map(({ ended }) => ended));
    await idle(this.#services.org);
    for (const container of this.containers) container.close();
  }
}
