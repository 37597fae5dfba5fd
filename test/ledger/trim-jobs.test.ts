import { describe, expect, it } from 'vitest';
import { itemOf } from '../../src/ledger/item.ts';
import { planOf } from '../../src/ledger/plan.ts';
import type { LedgerState } from '../../src/ledger/state.ts';
import { trimmedJobs } from '../../src/ledger/trim-jobs.ts';
import { jobs, records, withJob } from './states.ts';

/** The longest item of DynamoDB, in bytes. */
const longestItem = 400 * 1024;

const sizeOf = (state: LedgerState): number =>
  JSON.stringify(itemOf('contacts-0', state.get('contacts-0')!, 0)).length;

/** Records with every second offset, of which each time some are done. */
const scattered = (event: ReturnType<typeof records>, done: number) =>
  event.filter(({ offset }) => offset % 2 === 0 && (offset * 7919) % 10_007 >= done);

describe('the jobs of a partition', () => {
  const event = records(0, 9_999);

  it('fit into an item, however many deliveries each wrote a few rows more', () => {
    const owners = new Map<number, string>();
    let state: LedgerState = new Map();
    for (let delivery = 0; delivery < 110; delivery++) {
      const own = delivery === 0 ? event : scattered(event, delivery * 50);
      const id = `7500000000${String(delivery).padStart(5, '0')}`;
      state = withJob(state, id, event, own);
      for (const { offset } of own) owners.set(offset, id);
    }
    expect(sizeOf(state)).toBeLessThan(longestItem);
    const { newRecords, jobs: inFlight } = planOf(event, state);
    const found = inFlight.flatMap(({ id, owned }) => owned.map(({ offset }) => [offset, id]));
    expect(newRecords).toEqual([]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(owners));
  });

  it('keep what later ones carry as long as there is room', () => {
    const state = withJob(withJob(new Map(), 'a', event), 'b', event, scattered(event, 0));
    expect(planOf(event, state).jobs.map(({ carried }) => carried.length)).toEqual([10_000, 5_000]);
    expect(trimmedJobs(jobs(state)!, event)).toBe(jobs(state));
  });

  it('keep what later ones carry that this delivery has not read, since it has none of their records', () => {
    const own = scattered(event, 0);
    const [first] = jobs(withJob(new Map(), 'a', event)) ?? [];
    const [later] = jobs(withJob(new Map(), 'b', event, own)) ?? [];
    const elsewhere = records(20_000, 20_001);
    const read = [first!, ...Array.from({ length: 30 }, () => later!)];
    expect(trimmedJobs(read, event).map(({ ranges }) => ranges.length)).toEqual([5_000, 5_000]);
    expect(trimmedJobs(read, elsewhere)).toEqual(read);
  });
});
