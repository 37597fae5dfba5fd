import { describe, expect, it } from 'vitest';
import type { RecordOrigin } from '../../src/kafka/record.ts';
import { addErrants } from '../../src/ledger/add-errants.ts';
import { addJob, removeJob } from '../../src/ledger/add-job.ts';
import { markSettled } from '../../src/ledger/mark-settled.ts';
import { planOf, resetRewound } from '../../src/ledger/plan.ts';
import { emptyPartition, type LedgerState, partitionKey } from '../../src/ledger/state.ts';
import { records, start, withJob } from './states.ts';

const nothing: LedgerState = new Map(
  [0, 1].map((partition) => {
    const known = emptyPartition('contacts', partition);
    return [partitionKey(known), known] as const;
  }),
);

const offsetsOf = (those: readonly RecordOrigin[]) => those.map(({ offset }) => offset);

/** The plan of a flush, with offsets for records. */
function plan(event: readonly RecordOrigin[], state: LedgerState) {
  const { skipped, jobs, newRecords } = planOf(event, resetRewound(event, state));
  return {
    skipped: offsetsOf(skipped),
    jobs: jobs.map((job) => ({
      ...{ id: job.id, rows: job.rows },
      ...{ carried: offsetsOf(job.carried), owned: offsetsOf(job.owned) },
    })),
    newRecords: offsetsOf(newRecords),
  };
}

const allFresh = (first: number, last: number) => ({
  ...{ skipped: [], jobs: [], newRecords: offsetsOf(records(first, last)) },
});

describe('a record', () => {
  it('that the ledger does not know is new', () => {
    expect(plan(records(0, 3), nothing)).toEqual(allFresh(0, 3));
    expect(plan(records(0, 3), new Map())).toEqual(allFresh(0, 3));
  });

  it('that was settled is skipped, and the one after it is new', () => {
    const state = markSettled(nothing, records(0, 3), start);
    expect(plan(records(2, 5), state)).toEqual({ skipped: [2, 3], jobs: [], newRecords: [4, 5] });
  });

  it('of another partition is not the one that was settled', () => {
    const state = markSettled(nothing, records(0, 3), start);
    expect(plan(records(0, 3, { partition: 1 }), state).newRecords).toEqual([0, 1, 2, 3]);
  });

  it('belongs to the job that carries it', () => {
    const state = withJob(nothing, 'a', records(0, 3));
    expect(plan(records(0, 3), state)).toEqual({
      ...{ skipped: [], newRecords: [] },
      jobs: [{ id: 'a', rows: 4, carried: [0, 1, 2, 3], owned: [0, 1, 2, 3] }],
    });
  });

  it('between those that a job carries does not belong to it', () => {
    const event = records(0, 4);
    const own = event.filter(({ offset }) => offset !== 2);
    const { jobs, newRecords } = plan(event, withJob(nothing, 'a', event, own));
    expect(jobs).toMatchObject([{ rows: 4, owned: [0, 1, 3, 4] }]);
    expect(newRecords).toEqual([2]);
  });

  it('of a further job is owned by that one, and still carried by the first', () => {
    const event = records(0, 5);
    const again = event.filter(({ offset }) => offset % 2 === 1);
    const state = withJob(withJob(nothing, 'a', event), 'b', event, again);
    expect(plan(event, state).jobs).toEqual([
      { id: 'a', rows: 6, carried: [0, 1, 2, 3, 4, 5], owned: [0, 2, 4] },
      { id: 'b', rows: 3, carried: [1, 3, 5], owned: [1, 3, 5] },
    ]);
  });

  it('belongs to the first job again when the further one is forgotten', () => {
    const event = records(0, 3);
    const state = withJob(withJob(nothing, 'a', event), 'b', event, event.slice(1, 2));
    expect(plan(event, removeJob(state, 'b')).jobs).toMatchObject([
      { id: 'a', owned: [0, 1, 2, 3] },
    ]);
  });

  it('in flight is never skipped, though it was settled before', () => {
    const state = withJob(markSettled(nothing, records(0, 3), start), 'a', records(0, 3));
    expect(plan(records(0, 3), state)).toMatchObject({ skipped: [], jobs: [{ id: 'a' }] });
  });
});

it('a job says how many records its rows are made of', () => {
  const event = records(0, 3);
  const merged = addJob(nothing, { id: 'a', rows: 2, records: event, at: 0 }, event);
  expect(planOf(event.slice(0, 1), merged).jobs).toMatchObject([{ rows: 2, records: 4 }]);
});

describe('a record that an earlier flush found errant', () => {
  const event = records(0, 4);
  const [, one, two] = event as [RecordOrigin, RecordOrigin, RecordOrigin];
  const bad = [one, two].map((record) => ({
    ...({ record, stage: 'decode', code: 'JSON_INVALID', rejection: null } as const),
  }));
  const withBad = (state: LedgerState) => addErrants(state, { errants: bad, at: start }, event);
  const foundIn = (those: readonly RecordOrigin[], state: LedgerState) =>
    [...planOf(those, state).errants].map(([{ offset }, { code }]) => `${offset} ${code}`);

  it('is still new, and known to be errant', () => {
    const state = withBad(nothing);
    expect(plan(event, state)).toEqual(allFresh(0, 4));
    expect(foundIn(event, state)).toEqual(['1 JSON_INVALID', '2 JSON_INVALID']);
    expect(foundIn(records(2, 9), state)).toEqual(['2 JSON_INVALID']);
  });

  it('in a job still belongs to it, and is known to be errant', () => {
    const state = withBad(withJob(nothing, 'a', event));
    expect(plan(event, state).jobs).toMatchObject([{ owned: [0, 1, 2, 3, 4] }]);
    expect(foundIn(event, state)).toEqual(['1 JSON_INVALID', '2 JSON_INVALID']);
  });

  it('is not skipped, since it is not settled', () => {
    const settled = markSettled(nothing, event, start);
    expect(plan(event, withBad(settled))).toEqual({
      skipped: [0, 3, 4],
      jobs: [],
      newRecords: [1, 2],
    });
  });

  it('is known, so that the group was not set back', () => {
    const state = withBad(markSettled(nothing, records(3, 4), start));
    expect(resetRewound([one, two], state)).toBe(state);
  });

  it('is not one of a topic that was recreated', () => {
    expect(foundIn(records(0, 4, { after: 3_600_000 }), withBad(nothing))).toEqual([]);
  });

  it('is errant no longer than until it is settled', () => {
    const state = markSettled(withBad(nothing), event, start);
    expect(foundIn(event, state)).toEqual([]);
    expect(plan(event, state).skipped).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('a job whose records come back in two halves', () => {
  const event = [...records(0, 5), ...records(10, 13, { partition: 1 })];
  const state = withJob(nothing, 'a', event);

  it('is the same job in both, with all the rows that it was sent', () => {
    expect(plan(records(0, 2), state).jobs).toEqual([
      { id: 'a', rows: 10, carried: [0, 1, 2], owned: [0, 1, 2] },
    ]);
    expect(plan(records(3, 7), state)).toMatchObject({
      jobs: [{ id: 'a', rows: 10, owned: [3, 4, 5] }],
      newRecords: [6, 7],
    });
  });

  it('is kept for the second half when the first is settled', () => {
    const half = markSettled(state, records(0, 2), start);
    expect(plan(records(1, 6), half)).toEqual({
      skipped: [1, 2],
      jobs: [{ id: 'a', rows: 10, carried: [3, 4, 5], owned: [3, 4, 5] }],
      newRecords: [6],
    });
    expect(plan(records(10, 13, { partition: 1 }), half).jobs).toMatchObject([{ id: 'a' }]);
  });

  it('is gone when both are settled', () => {
    const halves = markSettled(markSettled(state, records(0, 2), start), records(3, 5), start);
    expect(halves.get('contacts-0')?.jobs).toEqual([]);
    expect(plan(records(0, 5), halves).skipped).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('everything is delivered', () => {
  const flushes = [records(50, 99), records(100, 149), records(150, 199)];
  const settled = flushes.reduce((state, event) => markSettled(state, event, start), nothing);

  it('to a group that was set back to before the stored state, also the stored state', () => {
    expect(plan(records(40, 60), settled)).toEqual(allFresh(40, 60));
    expect(plan(records(40, 199), settled)).toEqual(allFresh(40, 199));
  });

  it('to such a group in whatever batches the records come', () => {
    let state = settled;
    for (const event of [records(40, 45), records(46, 120), records(121, 199)]) {
      expect(plan(event, state)).toEqual(allFresh(event[0]!.offset, event.at(-1)!.offset));
      state = markSettled(resetRewound(event, state), event, start);
    }
  });

  it('of a topic that was deleted and made again with the same offsets', () => {
    const event = records(50, 60, { after: 3_600_000 });
    expect(plan(event, settled)).toEqual(allFresh(50, 60));
  });

  it('of such a topic also where a job of the old one is still known', () => {
    const state = withJob(settled, 'a', records(200, 210));
    const event = records(0, 220, { after: 3_600_000 });
    expect(plan(event, state)).toEqual(allFresh(0, 220));
  });

  it('of such a topic when only the new records are older than the old', () => {
    expect(plan(records(150, 160, { after: -3_600_000 }), settled)).toEqual(allFresh(150, 160));
  });
});

describe('what is settled is not forgotten', () => {
  const settled = markSettled(nothing, records(50, 99), start);

  it('by a redelivery past it', () => {
    expect(resetRewound(records(60, 120), settled)).toBe(settled);
  });

  it('by records in flight in a job', () => {
    const state = withJob(settled, 'a', records(40, 49));
    expect(resetRewound(records(40, 99), state)).toBe(state);
  });

  it('in one partition when another is set back', () => {
    const both = markSettled(settled, records(50, 99, { partition: 1 }), start);
    const event = [...records(60, 120), ...records(10, 60, { partition: 1 })];
    expect(plan(event, both).skipped).toEqual(offsetsOf(records(60, 99)));
  });
});
