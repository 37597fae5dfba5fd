import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bulk, daySeconds, recordsPerEvent } from '../../../cli/plan/limits.ts';
import { arrivals } from '../../../cli/plan/simulation/arrivals.ts';
import type { Day } from '../../../cli/plan/simulation/day.ts';
import { Sink } from '../../../cli/plan/simulation/flush.ts';
import { JobPolls } from '../../../cli/plan/simulation/job-polls.ts';
import { Mapping } from '../../../cli/plan/simulation/mapping.ts';
import { Org } from '../../../cli/plan/simulation/org.ts';
import { seeded } from '../../../cli/plan/simulation/random.ts';
import { Topic } from '../../../cli/plan/simulation/topic.ts';
import { totalsOf } from '../../../cli/plan/totals.ts';
import { dayOf, sampleLoad } from './sample-load.ts';

const limitsOf = ({ breaks }: Day) => breaks.map(({ limit }) => limit);

const anyLoad = fc.record({
  rate: fc.double({ min: 0.01, max: 3000, noNaN: true }),
  bytes: fc.integer({ min: 1, max: 100_000 }),
  profile: fc.constantFrom('flat', 'business'),
  partitions: fc.integer({ min: 1, max: 20 }),
  pollers: fc.option(fc.integer({ min: 1, max: 20 })),
  batchSize: fc.integer({ min: 1, max: 10_000 }),
  window: fc.integer({ min: 0, max: 300 }),
  jobSeconds: fc.integer({ min: 1, max: 600 }),
  ledger: fc.boolean(),
  seed: fc.nat(),
});

test('of any load every record is written or left, in batches and allocations that have room', () => {
  fc.assert(
    fc.property(anyLoad, (load) => {
      const day = dayOf(load);
      const { arrived, batches, flushes, lag, written } = totalsOf(day);
      expect(written + lag).toBe(arrived);
      expect(written).toBeLessThanOrEqual(flushes * load.batchSize);
      expect(written).toBeLessThanOrEqual(flushes * recordsPerEvent(load.bytes));
      expect(batches).toBeLessThanOrEqual(bulk.batchesADay);
      expect(written).toBeLessThanOrEqual(bulk.recordsADay);
    }),
    { numRuns: 12 },
  );
}, 120_000);

test('a seed gives the same day, another seed another', () => {
  expect(dayOf({ seed: 7 })).toEqual(dayOf({ seed: 7 }));
  expect(dayOf({ seed: 7 })).not.toEqual(dayOf({ seed: 8 }));
});

describe('arrivals', () => {
  test.each(['flat', 'business'] as const)('of a %s day have the rate as their mean', (profile) => {
    const arrived = arrivals({ ...sampleLoad, rate: 50, profile }, seeded(1));
    expect((arrived.at(-1) as number) / daySeconds / 50).toBeCloseTo(1, 2);
  });

  test('of a business day have their peaks at 10:00 and 14:00, and are few at night', () => {
    const { hours } = dayOf({ profile: 'business' });
    const of = (hour: number) => hours[hour]?.arrived as number;
    expect(Math.max(...hours.map(({ arrived }) => arrived))).toBe(of(9));
    expect(of(14)).toBeGreaterThan(of(12));
    expect(of(2)).toBeLessThan(of(9) / 5);
  });
});

describe('the event source mapping', () => {
  /** Plays an hour; calls back after every second. */
  function play(change: Partial<typeof sampleLoad>, each: (mapping: Mapping, now: number) => void) {
    const load = { ...sampleLoad, ...change };
    const random = seeded(1);
    const topic = new Topic(load, arrivals(load, random));
    const mapping = new Mapping(load, topic, new Sink(load, new Org(load, random), random));
    for (let now = 0; now < 3600; now++) {
      mapping.play(now);
      each(mapping, now);
    }
  }

  test.each([
    { rate: 5000, partitions: 7, pollers: 1 },
    { rate: 5000, partitions: 7, pollers: 2 },
    { rate: 5000, partitions: 7, pollers: null },
  ])(
    'of $partitions partitions has one batch in flight for each, and $pollers pollers of five',
    (load) => {
      let most = 0;
      play(load, ({ inFlight }) => (most = Math.max(most, inFlight)));
      expect(most).toBe(load.pollers === 1 ? 5 : 7);
    },
  );

  test('has one poller at first, and the next one four minutes later, if Lambda scales it', () => {
    const since = new Map<number, number>();
    play({ rate: 5000, partitions: 7 }, ({ scaling }, now) => {
      since.set(scaling.count, since.get(scaling.count) ?? now);
    });
    expect([...since.keys()]).toEqual([1, 2, 4, 7]);
    expect(since.get(2)).toBeGreaterThanOrEqual(180);
    expect(since.get(2)).toBeLessThanOrEqual(300);
  });

  test('closes a batch at its window, from the first record that it can deliver', () => {
    const { flushes } = totalsOf(dayOf({ rate: 10, window: 60, jobSeconds: 10 }));
    // A window of 60 s, and a flush of about 4 s.
    expect(flushes).toBeGreaterThan(daySeconds / 70);
    expect(flushes).toBeLessThan(daySeconds / 61);
  });

  test('closes a batch at its size, or at 6 MB', () => {
    const { flushes, written } = totalsOf(dayOf({ rate: 200, batchSize: 1000, jobSeconds: 5 }));
    expect(written / flushes).toBeCloseTo(1000, 0);
    const long = totalsOf(dayOf({ rate: 200, bytes: 4000, jobSeconds: 5 }));
    expect(long.written / long.flushes).toBeCloseTo(recordsPerEvent(4000), 0);
  });
});

describe('a job', () => {
  const job = { rows: 1000, queuedMs: 0, tookMs: 8000 };

  test('is polled by its progress, and at the end of earlier ones once there are some', () => {
    const polls = new JobPolls(60_000);
    expect(polls.follow(job).polls).toBeGreaterThan(1);
    polls.learn(job, 1);
    expect(polls.follow(job)).toEqual({ polls: 1, seenMs: 8000 });
  });

  test('that waits in the org is polled at longer and longer waits', () => {
    const { polls, seenMs } = new JobPolls(60_000).follow({
      ...job,
      queuedMs: 56_000,
      tookMs: 64_000,
    });
    expect(seenMs).toBeGreaterThanOrEqual(64_000);
    expect(polls).toBeLessThan(16);
  });
});

describe('the org', () => {
  test('takes 15,000 bulk batches, then fails jobs, whose redeliveries use up the API calls', () => {
    const day = dayOf({ rate: 50, batchSize: 100, partitions: 12, pollers: 12, jobSeconds: 5 });
    expect(limitsOf(day)).toEqual(['batches', 'calls']);
    expect(totalsOf(day).batches).toBe(15_000);
  });

  test('has no flush that begins above the API usage ceiling', () => {
    const day = dayOf({ apiLimit: 2000 });
    const [stopped] = day.breaks;
    expect(limitsOf(day)).toEqual(['calls']);
    const after = day.hours.slice(Math.ceil((stopped?.at ?? 0) / 3600));
    expect(after.map(({ flushes }) => flushes)).toEqual(after.map(() => 0));
    expect(after.every(({ failed }) => failed > 0)).toBe(true);
  });

  test('lets jobs wait when it processes as many as it can', () => {
    expect(limitsOf(dayOf({ rate: 1000, partitions: 12, pollers: 12, orgJobs: 2 }))).toEqual([
      'org',
    ]);
  });
});

test.each([
  [{ rate: 800, partitions: 2, pollers: 2 }, 'partitions'],
  [{ rate: 800, partitions: 12, pollers: 1, jobSeconds: 90 }, 'pollers'],
  [{ rate: 600, partitions: 6, skew: 0.6 }, 'partition'],
  [{ ledger: false, jobSeconds: 600, rate: 5000, partitions: 6, orgJobs: 1 }, 'time'],
] as const)('a sink with %j is stopped by %s', (load, limit) => {
  expect(limitsOf(dayOf(load))).toContain(limit);
});
