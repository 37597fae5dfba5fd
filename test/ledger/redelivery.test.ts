import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RecordOrigin } from '../../src/kafka/record.ts';
import { addErrants } from '../../src/ledger/add-errants.ts';
import { addJob, removeJob } from '../../src/ledger/add-job.ts';
import { itemOf, stateOf } from '../../src/ledger/item.ts';
import { markSettled } from '../../src/ledger/mark-settled.ts';
import { type Plan, planOf, resetRewound } from '../../src/ledger/plan.ts';
import {
  emptyPartition,
  type LedgerState,
  type PartitionState,
  partitionKey,
} from '../../src/ledger/state.ts';

/** One delivery: how much of each partition comes, and what happens to it. */
interface Delivery {
  /** The most records of each partition. */
  readonly counts: readonly number[];
  /** Earlier jobs that turn out to have written nothing are forgotten. */
  readonly forgets: boolean;
  /** The jobs that it makes: each has these of the records that are left, or all. */
  readonly jobs: readonly (readonly boolean[])[];
  /** Which of the records that are left it finds errant, and notes as such, before and after jobs. */
  readonly bad: readonly boolean[];
  /** How it ends: killed, settled without Kafka hearing of it, or settled and committed. */
  readonly end: 'killed' | 'settled' | 'committed';
}

const delivery: fc.Arbitrary<Delivery> = fc.record({
  counts: fc.array(fc.nat(7), { minLength: 3, maxLength: 3 }),
  forgets: fc.boolean(),
  jobs: fc.array(fc.array(fc.boolean(), { maxLength: 6 }), { maxLength: 3 }),
  bad: fc.array(fc.boolean(), { maxLength: 5 }),
  end: fc.constantFrom('killed', 'killed', 'settled', 'committed'),
});

/** What is true of a record, whatever the ledger says. */
interface Truth {
  /** The jobs that it was given to, the latest last; empty once it is settled. */
  jobs: string[];
  /** The latest of them has written nothing, and this is known. */
  forgotten: boolean;
  settled: boolean;
  /** The delivery that found it errant; null: none has, or it is settled. */
  errant: string | null;
}

/** Offsets of a partition with gaps, as transactions and compaction leave them. */
const log = (partition: number): RecordOrigin[] =>
  Array.from({ length: 60 }, (_, n) => ({
    ...{ topic: 'contacts', partition, offset: n + 3 * Math.floor(n / 4) },
    timestamp: 1_700_000_000_000 + n * 10 - (n % 3) * 15,
  }));

/** Flushes that may be settled in a row without a commit: fewer than are kept. */
const mostUncommitted = 12;

/** A topic of three partitions, a ledger, and the truth about each record. */
class World {
  readonly #partitions = [log(0), log(1), log(2)];
  readonly #committed = [0, 0, 0];
  readonly #deleted = new Set<RecordOrigin>();
  readonly #sparse: boolean;
  readonly #uncommitted = [0, 0, 0];
  readonly #items = new Map<string, PartitionState>();
  readonly #truths = new Map<string, Truth>();
  #jobs = 0;
  #now = 1_700_000_100_000;

  /** `sparse`: the records come from a queue, in any order, instead of from Kafka. */
  constructor(sparse: boolean) {
    this.#sparse = sparse;
  }

  deliver({ counts, forgets, jobs, bad, end }: Delivery): void {
    this.#now += 60_000;
    const event = this.#sparse ? this.#received(counts) : this.#polled(counts);
    if (event.length === 0) return;
    let state = resetRewound(event, this.#read(event));
    let plan = this.#plan(event, state);
    if (forgets) {
      state = this.#forget(plan, state);
      plan = this.#plan(event, state);
    }
    const inFlight = plan.jobs.flatMap(({ owned }) => owned);
    const { errants } = plan;
    let todo = [...inFlight.filter((_record, n) => n % 3 === 0), ...plan.newRecords];
    todo = todo.filter((record) => !errants.has(record));
    const isBad = (_record: RecordOrigin, n: number) => bad[n] ?? false;
    state = this.#storeErrants(state, todo.filter(isBad), event);
    todo = todo.filter((record, n) => !isBad(record, n));
    for (const chosen of jobs) {
      const own = todo.filter((_record, n) => chosen[n] ?? true);
      if (own.length === 0) break;
      state = this.#storeJob(state, own, event);
      todo = own.filter((_record, n) => n % 2 === 0);
    }
    // Records of an earlier delivery's job may turn out to be errant, known ones among them.
    state = this.#storeErrants(state, [...inFlight, ...todo].filter(isBad), event);
    if (end === 'killed') return;
    this.#write(markSettled(state, event, this.#now));
    for (const record of event) {
      const reset = { jobs: [], forgotten: false, settled: true, errant: null };
      Object.assign(this.#truth(record), reset);
    }
    if (!this.#sparse) this.#commit(counts, end);
    else if (end === 'committed') for (const record of event) this.#deleted.add(record);
  }

  #polled(counts: Delivery['counts']): RecordOrigin[] {
    return this.#partitions.flatMap((records, partition) => {
      const from = this.#committed[partition]!;
      return records.slice(from, from + counts[partition]!);
    });
  }

  /** Some of what is left in the queue, each partition from another end. */
  #received(counts: Delivery['counts']): RecordOrigin[] {
    return this.#partitions.flatMap((records, partition) => {
      const left = records.filter((record) => !this.#deleted.has(record));
      const step = 1 + ((counts[(partition + 1) % 3]! * 5) % 11);
      const start = counts[(partition + 2) % 3]!;
      const chosen = left
        .filter((_record, n) => (n + start) % step === 0)
        .slice(0, counts[partition]!);
      return partition === 1 ? chosen.reverse() : chosen;
    });
  }

  #commit(counts: readonly number[], end: Delivery['end']): void {
    counts.forEach((count, partition) => {
      if (count === 0) return;
      this.#uncommitted[partition]! += 1;
      if (end === 'settled' && this.#uncommitted[partition]! < mostUncommitted) return;
      this.#committed[partition]! += count;
      this.#uncommitted[partition] = 0;
    });
  }

  #truth(record: RecordOrigin): Truth {
    const key = `${record.partition}@${record.offset}`;
    const truth = this.#truths.get(key) ?? {
      ...{ jobs: [], forgotten: false, settled: false, errant: null },
    };
    this.#truths.set(key, truth);
    return truth;
  }

  #read(event: readonly RecordOrigin[]): LedgerState {
    return new Map(
      event.map(({ topic, partition }) => {
        const nothing = emptyPartition(topic, partition, this.#sparse);
        const key = partitionKey(nothing);
        return [key, this.#items.get(key) ?? nothing] as const;
      }),
    );
  }

  /** Through the form of an item, as the table keeps it. */
  #write(state: LedgerState): void {
    for (const [key, known] of state) {
      const item = itemOf(key, { ...known, version: known.version + 1 }, this.#now);
      this.#items.set(key, { ...stateOf(key, item, this.#now), sparse: this.#sparse });
    }
  }

  #storeJob(
    state: LedgerState,
    own: readonly RecordOrigin[],
    event: readonly RecordOrigin[],
  ): LedgerState {
    this.#jobs += 1;
    const id = `job ${this.#jobs}`;
    const stored = addJob(state, { id, rows: own.length, records: own, at: this.#now }, event);
    this.#write(stored);
    for (const record of own) {
      const truth = this.#truth(record);
      truth.jobs.push(id);
      truth.forgotten = false;
    }
    return stored;
  }

  #storeErrants(
    state: LedgerState,
    bad: readonly RecordOrigin[],
    event: readonly RecordOrigin[],
  ): LedgerState {
    const found = `found at ${this.#now}`;
    const rejection = { jobId: found, errorCode: 'INVALID_FIELD' };
    const errants = bad.map(
      (record) => ({ record, stage: 'salesforce', code: 'ROW_REJECTED', rejection }) as const,
    );
    const stored = addErrants(state, { errants, at: this.#now }, event);
    this.#write(stored);
    for (const record of bad) this.#truth(record).errant ??= found;
    return stored;
  }

  /** The first job that owns records turns out to be as if it had never been. */
  #forget({ jobs }: Plan, state: LedgerState): LedgerState {
    const first = jobs.find(({ owned }) => owned.length > 0);
    if (first === undefined) return state;
    for (const truth of this.#truths.values()) {
      if (truth.jobs.at(-1) === first.id) truth.forgotten = true;
    }
    return removeJob(state, first.id);
  }

  /** Plans, and holds the plan against the truth. */
  #plan(event: readonly RecordOrigin[], state: LedgerState): Plan {
    const plan = planOf(event, state);
    const owned = plan.jobs.flatMap((job) => job.owned.map((record) => ({ record, id: job.id })));
    const placed = [...plan.skipped, ...owned.map(({ record }) => record), ...plan.newRecords];
    expect(placed).toHaveLength(event.length);
    expect(new Set(placed)).toEqual(new Set(event));
    for (const record of plan.skipped) expect(this.#truth(record).settled).toBe(true);
    for (const record of plan.newRecords) {
      const { jobs, forgotten, settled } = this.#truth(record);
      expect({ settled, inFlight: jobs.length > 0 && !forgotten }).toEqual({
        ...{ settled: false, inFlight: false },
      });
    }
    for (const { record, id } of owned) {
      const { jobs, forgotten } = this.#truth(record);
      if (forgotten) expect(jobs).toContain(id);
      else expect(id).toBe(jobs.at(-1));
    }
    for (const record of event) {
      const found = plan.errants.get(record)?.rejection?.jobId ?? null;
      expect(found).toBe(this.#truth(record).errant);
    }
    for (const { carried, id } of plan.jobs) {
      for (const record of carried) expect(this.#truth(record).jobs).toContain(id);
    }
    return plan;
  }
}

it.each([
  ['whatever is killed, settled and cut differently', false],
  ['whatever of a replay is killed, settled and received again in other batches', true],
])(
  '%s, no record is passed over, none sent twice, and what is errant stays so',
  (_name, sparse) => {
    fc.assert(
      fc.property(fc.array(delivery, { maxLength: 60 }), (deliveries) => {
        const world = new World(sparse);
        for (const one of deliveries) world.deliver(one);
      }),
      { numRuns: 300 },
    );
  },
);
