import { describe, expect, test } from 'vitest';
import { connectWorker, costsOf } from '../../../cli/plan/cost.ts';
import { findings } from '../../../cli/plan/findings.ts';
import type { Load } from '../../../cli/plan/load.ts';
import { stack } from '../../../infra/stack/stack.ts';
import { stageWith } from '../../infra/given.ts';
import { dayOf, sampleLoad } from './sample-load.ts';

const levels = (load: Partial<Load>) => findings(dayOf(load)).map(({ level }) => level);

describe('a month costs what the list prices say', () => {
  const day = {
    ...{ arrived: 0, written: 1e6, flushes: 1000, failed: 10, calls: 0, polls: 2000 },
    ...{ ledgerReads: 3000, ledgerPuts: 9000, seconds: 30_000, batches: 0 },
    ...{ lag: 0, age: 0, pollers: 0, medianAge: 0 },
  };
  const costs = (load: Partial<Load>) =>
    Object.fromEntries(
      costsOf({ ...sampleLoad, ...load }, day).map(({ name, dollars }) => [name, dollars]),
    );
  const days = 365 / 12;
  const { Resources } = stack(stageWith({})).resources;
  const types = Object.values(Resources).map(({ Type }) => Type);
  const alarmsOfAStack = types.filter((type) => type === 'AWS::CloudWatch::Alarm').length;

  test('for each service', () => {
    expect(costs({})).toEqual({
      // Half a GB for 30,000 s, and 1,010 invocations; the doctor 24 times 6 s.
      Lambda: expect.closeTo(days * (15_072 * 0.0000133334 + 1034 * 0.2e-6), 6),
      pollers: 0,
      // An item is read with one unit, and put with three.
      DynamoDB: expect.closeTo(days * (3000 * 0.125e-6 + 9000 * 3 * 0.625e-6), 6),
      SQS: expect.closeTo(days * (1010 + 1000) * 0.4e-6, 6),
      logs: expect.closeTo(days * (1010 * 2700 + 2000 * 450 + 1000 * 600) * 0.5e-9, 6),
      metrics: expect.closeTo(12 * 0.3, 6),
      alarms: expect.closeTo(alarmsOfAStack * 0.1, 6),
      dashboard: 3,
    });
  });

  test('without a ledger nothing for DynamoDB', () => {
    expect(costs({ ledger: false })['DynamoDB']).toBe(0);
  });

  test.each([
    [1, 100, 1],
    [11, 100, 2],
    // At most as many pollers as partitions.
    [40, 4, 1],
  ])('%i pollers of %i partitions are %i units', (pollers, partitions, units) => {
    expect(costs({ pollers, partitions })['pollers']).toBeCloseTo(units * 0.185 * 730, 6);
  });

  test('pollers of much data are units of 20 MB/s', () => {
    expect(
      costs({ pollers: 10, partitions: 100, rate: 30_000, bytes: 1000 })['pollers'],
    ).toBeCloseTo(3 * 0.185 * 730, 6);
  });

  test('and a worker of MSK Connect is a unit of it', () => {
    expect(connectWorker).toBeCloseTo(0.11 * 730, 6);
  });
});

describe('the limits', () => {
  test('hold for a modest load', () => {
    expect(levels({})).toEqual(['fine', 'fine', 'fine', 'fine']);
  });

  test('are close from four fifths of an allocation', () => {
    const [, batches] = findings(dayOf({ rate: 5, window: 5, jobSeconds: 3 }));
    expect(batches).toMatchObject({ level: 'close', remedy: 'raise batchingWindow to 15 s' });
    expect(levels({ rate: 5, window: 15, jobSeconds: 3 })).toEqual([
      'fine',
      'fine',
      'fine',
      'fine',
    ]);
  });

  test('of records are not for a sink to change', () => {
    const last = findings(dayOf({ rate: 3000, partitions: 40, pollers: 20 })).at(-1);
    expect(last).toMatchObject({
      level: 'over',
      remedy: expect.stringMatching(/^reduce the load below 1,736 records\/s/),
    });
  });

  test('say when they are met', () => {
    const [, , calls] = findings(dayOf({ apiLimit: 2000 }));
    expect(calls?.text).toMatch(
      /^\d\d:\d\d no flush begins any more: .+ of the org's 2,000 API calls/,
    );
  });
});

describe('a remedy is the least change with which the same day meets no limit', () => {
  const remedy = (load: Partial<Load>) => findings(dayOf(load)).find((one) => one.remedy)?.remedy;

  test('more partitions', () => {
    const load = { rate: 400, partitions: 1 };
    const [, partitions] = /^give the topic (\d+) partitions$/.exec(remedy(load) ?? '') ?? [];
    expect(dayOf({ ...load, partitions: Number(partitions) }).breaks).toEqual([]);
    expect(dayOf({ ...load, partitions: Number(partitions) - 1 }).breaks).not.toEqual([]);
  });

  test('more pollers', () => {
    const load = { rate: 800, partitions: 12, pollers: 1, jobSeconds: 90 };
    const [, pollers] = /^provision (\d+) pollers/.exec(remedy(load) ?? '') ?? [];
    expect(dayOf({ ...load, pollers: Number(pollers) }).breaks).toEqual([]);
  });

  test('another key for the busiest partition', () => {
    expect(remedy({ rate: 600, partitions: 6, skew: 0.6 })).toMatch(/^use a key that spreads/);
  });

  test('larger batches', () => {
    const load = { rate: 50, batchSize: 100, partitions: 12, pollers: 12, jobSeconds: 5 };
    expect(remedy(load)).toBe('raise batchingWindow to 120 s and batchSize to 10,000');
  });

  test('shorter jobs', () => {
    const load = { rate: 1000, partitions: 12, pollers: 12, orgJobs: 2 };
    expect(remedy(load)).toMatch(/^make jobs shorter, (23|15) s for 10,000 rows/);
  });
});
