import { describe, expect, it } from 'vitest';
import { alarmKinds } from '../../infra/stack/alarms.ts';
import { dashboard } from '../../infra/stack/dashboard.ts';
import { metricsOf, metricUnits } from '../../src/invocation/metrics.ts';
import { replayOf } from '../../src/kafka/cluster.ts';
import { metricNamespace } from '../../src/runtime/metric-namespace.ts';
import { stageWith } from '../infra/given.ts';
import { useEmulator } from '../support/emulator.ts';
import { eventOfValues } from '../support/event.ts';
import { sinkTo } from '../support/sink.ts';

const salesforce = await useEmulator();

const event = eventOfValues([{ LastName: 'One' }, { LastName: 'Two' }, 'no object']);
const tolerant = { ERRORS_TOLERANCE: 'all' };

describe('a flush', () => {
  it('counts what became of its records and what it asked of the org', async () => {
    const sink = sinkTo(salesforce.url, { ...tolerant, UPLOAD_MODE: 'staged' });
    await sink.deliver(event);
    const [{ apiUsage, jobsMs, oldestRecordAgeMs, waits, ...counts } = sink.counts[0]!] =
      sink.counts;
    expect(counts).toEqual({
      ...{ received: 3, written: 2, errant: 1, redelivered: 0, skipped: 0, outdated: [] },
      ...{ jobs: 1, csvBytes: 'LastName\nOne\nTwo\n'.length },
    });
    expect(jobsMs).toHaveLength(1);
    expect(waits).toBeGreaterThan(0);
    expect(apiUsage).toBeGreaterThan(0);
    expect(oldestRecordAgeMs).toBeGreaterThan(0);
  });

  it('that fails counts its records as redelivered, and the load on the org', async () => {
    salesforce.fault({ call: 'info', times: 99, action: { kind: 'status', status: 400 } });
    const sink = sinkTo(salesforce.url, tolerant);
    expect(await sink.deliver(event)).not.toBeNull();
    expect(sink.counts).toMatchObject([
      {
        received: 3,
        written: 0,
        errant: 0,
        redelivered: 3,
        skipped: 0,
        outdated: [],
        jobs: 1,
      },
    ]);
  });

  it('of something that is no event counts nothing, and does not fail over it', async () => {
    const sink = sinkTo(salesforce.url);
    await sink.deliver({ Records: [] });
    expect(sink.counts).toMatchObject([{ received: 0, redelivered: 0, oldestRecordAgeMs: null }]);
  });

  it('of a replay leaves out the age of its records, which are old by nature', async () => {
    const sink = sinkTo(salesforce.url, tolerant);
    await sink.deliver({ ...event, eventSourceArn: replayOf('arn:aws:kafka:demo') });
    expect(sink.counts).toMatchObject([{ written: 2, oldestRecordAgeMs: null }]);
  });
});

describe('metrics', () => {
  const counts = {
    ...{ received: 3, written: 2, errant: 1, redelivered: 0, skipped: 0, outdated: [] },
    ...{ jobs: 2, jobsMs: [1500, 500], waits: 3, csvBytes: 18 },
    ...{ apiUsage: 0.25, oldestRecordAgeMs: 61_000 },
  };

  it('are those that the dashboard draws and the alarms watch, and no others', () => {
    const stage = stageWith({});
    const body = dashboard(stage).Properties['DashboardBody'] as { 'Fn::Sub': string };
    const widgets: { properties: { metrics?: unknown[][] } }[] = JSON.parse(
      body['Fn::Sub'],
    ).widgets;
    const drawn = widgets
      .flatMap(({ properties }) => properties.metrics ?? [])
      .filter(([namespace]) => namespace === metricNamespace)
      .map(([, name]) => String(name));
    const watched = alarmKinds
      .map(({ metric }) => metric(stage.sinks[0]!))
      .filter(({ namespace }) => namespace === metricNamespace);
    expect(drawn.toSorted()).toEqual(Object.keys(metricUnits).toSorted());
    for (const { name } of watched) expect(drawn).toContain(name);
    expect(metricsOf(counts).map(({ name }) => name)).toEqual(Object.keys(metricUnits));
  });

  it('are in seconds, shares and bytes', () => {
    const values = Object.fromEntries(metricsOf(counts).map(({ name, values }) => [name, values]));
    expect(values).toMatchObject({
      JobSeconds: [1.5, 0.5],
      ApiUsage: [0.25],
      OldestRecordAgeSeconds: [61],
    });
  });

  it('that are unknown are left out, and a clock that is behind makes none negative', () => {
    const unknown = { ...counts, jobsMs: [], apiUsage: null, oldestRecordAgeMs: null };
    const names = metricsOf(unknown).map(({ name }) => name);
    expect(names).not.toContain('JobSeconds');
    expect(names).not.toContain('ApiUsage');
    expect(names).not.toContain('OldestRecordAgeSeconds');
    const [age] = metricsOf({ ...counts, oldestRecordAgeMs: -500 }).slice(-1);
    expect(age?.values).toEqual([0]);
  });
});
