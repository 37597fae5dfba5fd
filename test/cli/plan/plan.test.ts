import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findings } from '../../../cli/plan/findings.ts';
import { readLoad } from '../../../cli/plan/options.ts';
import { type Load, plan, recordsPerEvent } from '../../../cli/plan/plan.ts';
import { root } from '../../infra/template.ts';

const sampleLoad: Load = {
  rate: 100,
  bytes: 400,
  batchSize: 10_000,
  window: 60,
  pollers: 1,
  jobSeconds: 30,
  memory: 512,
  ledger: true,
  partitions: 3,
  apiLimit: 100_000,
  errant: 0.001,
};
const planOf = (load: Partial<Load>) => plan({ ...sampleLoad, ...load });
const findingsOf = (load: Partial<Load>) => {
  const whole = { ...sampleLoad, ...load };
  return findings(whole, plan(whole));
};
const levels = (load: Partial<Load>) => findingsOf(load).map(({ level }) => level);

const anyLoad = fc.record({
  rate: fc.double({ min: 0.01, max: 5_000, noNaN: true }),
  bytes: fc.integer({ min: 1, max: 100_000 }),
  batchSize: fc.integer({ min: 1, max: 10_000 }),
  window: fc.integer({ min: 0, max: 300 }),
  pollers: fc.integer({ min: 1, max: 50 }),
  jobSeconds: fc.integer({ min: 1, max: 800 }),
  ledger: fc.boolean(),
});

describe('a flush', () => {
  test.each<[Partial<Load>, string, number, number]>([
    [{}, 'window', 6000, 60],
    [{ batchSize: 3000, jobSeconds: 10 }, 'batch size', 3000, 30],
    [{ rate: 500, jobSeconds: 5 }, '6 MB', recordsPerEvent(400), recordsPerEvent(400) / 500],
    [{ window: 5 }, 'the previous job', 3000, 30],
  ])('of %j is closed by %s', (load, closedBy, recordsPerFlush, interval) => {
    expect(planOf(load)).toMatchObject({ closedBy, recordsPerFlush, interval });
  });

  test('takes three calls and two looks; a small one without a ledger takes one call', () => {
    expect(planOf({}).callsPerFlush).toBe(5);
    expect(planOf({ ledger: false }).callsPerFlush).toBe(5);
    expect(planOf({ ledger: false, rate: 1 }).callsPerFlush).toBe(3);
  });

  test('never holds more than a batch, nor writes more than comes', () => {
    fc.assert(
      fc.property(anyLoad, (load) => {
        const { recordsPerFlush, flushesPerDay, recordsPerDay, capacity } = planOf(load);
        expect(recordsPerFlush).toBeLessThanOrEqual(load.batchSize);
        const written = recordsPerFlush * flushesPerDay;
        if (capacity >= load.rate) expect(written / recordsPerDay).toBeCloseTo(1, 6);
        else expect(written).toBeLessThan(recordsPerDay);
      }),
    );
  });
});

test('a month costs what the list prices say', () => {
  // 1,440 flushes a day for 30.4 days, 30 s each in half a GB; three items read, and written twice.
  expect(planOf({}).cost).toEqual({
    lambda: expect.closeTo(43_800 * (15 * 0.0000133334 + 0.2e-6), 6),
    dynamo: expect.closeTo(43_800 * 3 * (0.125e-6 + 6 * 0.625e-6), 6),
    sqs: expect.closeTo(262_800_000 * 0.001 * 0.4e-6, 6),
  });
  expect(planOf({ ledger: false }).cost.dynamo).toBe(0);
});

describe('the limits', () => {
  test('hold for a modest load', () => {
    expect(levels({})).toEqual(['fine', 'fine', 'fine', 'fine']);
  });

  test('of bulk batches are what many small flushes meet first', () => {
    const load = { rate: 5, window: 5, jobSeconds: 3 };
    expect(levels(load)).toEqual(['fine', 'over', 'close', 'fine']);
    expect(findingsOf(load)[1]?.remedy).toBe('raise batchingWindow to 8 s');
    expect(levels({ ...load, window: 8 })).toEqual(['fine', 'fine', 'fine', 'fine']);
  });

  test('of the sink itself are met when jobs take longer than batches take to fill', () => {
    const [first] = findingsOf({ rate: 1000 });
    expect(first).toMatchObject({
      level: 'over',
      remedy: expect.stringMatching(/^run 5 flushes/),
    });
    expect(levels({ rate: 1000, pollers: 5 })[0]).toBe('fine');
  });

  test('of records are not for a sink to change', () => {
    const last = findingsOf({ rate: 3000, pollers: 20 }).at(-1);
    expect(last).toMatchObject({
      level: 'over',
      remedy: expect.stringMatching(/^reduce the load/),
    });
  });

  test.each<[Partial<Load>, RegExp]>([
    [{ batchSize: 50, jobSeconds: 1, pollers: 2 }, /^raise batchSize to 750$/],
    [
      { batchSize: 50, jobSeconds: 1, window: 1 },
      /^raise batchSize to 800 and batchingWindow to 8 s$/,
    ],
    [{ bytes: 1_000_000, rate: 10, jobSeconds: 1, pollers: 4 }, /send fewer or smaller records/],
    [{ rate: 100, pollers: 60, window: 10, jobSeconds: 5 }, /run fewer flushes concurrently/],
  ])('%j are kept by another change', (load, remedy) => {
    expect(findingsOf(load)[1]?.remedy).toMatch(remedy);
  });

  test('are kept by the batch and the window that a remedy names', () => {
    fc.assert(
      fc.property(anyLoad, (load) => {
        const remedy = findingsOf(load)[1]?.remedy ?? '';
        const batchSize = Number(/batchSize to (\d+)/.exec(remedy)?.[1] ?? load.batchSize);
        const window = Number(/batchingWindow to (\d+) s/.exec(remedy)?.[1] ?? load.window);
        if (remedy.startsWith('raise')) {
          expect(levels({ ...load, batchSize, window })[1]).toBe('fine');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the command line', () => {
  test('needs a rate and a size, and has a default for the rest', () => {
    expect(readLoad(['--rate', '100', '--bytes', '400'])).toEqual(sampleLoad);
    expect(
      readLoad(['--rate', '1', '--bytes', '2', '--no-ledger', '--api-limit', '15000']),
    ).toMatchObject({
      ledger: false,
      apiLimit: 15_000,
    });
  });

  test('lists everything that is wrong with it', () => {
    expect(() => readLoad(['--bytes', 'x', '--window', '301'])).toThrow(
      '--rate is missing\n--bytes takes a number from 1 to 4500000\n--window takes a number from 0 to 300',
    );
    expect(() => readLoad(['--rat', '1'])).toThrow("Unknown option '--rat'");
  });

  const run = (...line: string[]) =>
    promisify(execFile)(process.execPath, [join(root, 'cli/plan/main.ts'), ...line]);

  test('prints what a load comes to, and whether the org can take it', async () => {
    const { stdout } = await run('--rate', '500', '--bytes', '400');
    expect(stdout).toContain('  flushes       one every 30 s, 2,880 a day\n');
    expect(stdout).toContain(
      '✗ 293 records/s can be written, 500 arrive: 171 %\n    run 3 flushes',
    );
    expect(stdout).toContain("✓ 2,880 of the org's 15,000 bulk batches in 24 hours: 19 %\n");
  });

  test('helps, and fails on what it does not know', async () => {
    expect((await run('--help')).stdout).toContain('Usage: npm run plan -- --rate');
    await expect(run('--rate', 'many')).rejects.toMatchObject({ code: 1 });
  });
});
