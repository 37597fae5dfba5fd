import { expect, test } from 'vitest';
import type { Stage } from '../../../infra/sinks-file/sink.ts';
import { dashboard } from '../../../infra/stack/dashboard.ts';
import { stack } from '../../../infra/stack/stack.ts';
import { fileOf, network, read, selfManaged, stageWith } from '../given.ts';

interface Widget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: { title?: string; markdown?: string; alarms?: string[]; metrics?: unknown[][] };
}

const widgetsOf = (stage: Stage): Widget[] => {
  const body = dashboard(stage).Properties['DashboardBody'] as { 'Fn::Sub': string };
  return JSON.parse(body['Fn::Sub']).widgets;
};

test('the dashboard shows every metric that the function writes', () => {
  const widgets = widgetsOf(stageWith({}));
  const own = widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .filter(([namespace]) => namespace === 'MskSalesforceSink');

  expect(own.map(([, name]) => name).toSorted()).toEqual([
    'ApiUsage',
    'CsvBytes',
    'JobSeconds',
    'Jobs',
    'OldestRecordAgeSeconds',
    'RecordsErrant',
    'RecordsReceived',
    'RecordsRedelivered',
    'RecordsSkipped',
    'RecordsWritten',
    'Waits',
  ]);
  for (const metric of own) {
    expect(metric.slice(2, 4)).toEqual(['sink', 'msk-salesforce-sink-test-contacts']);
  }
});

test.each([
  ['one sink', stageWith({})],
  [
    'a sink of brokers of its own',
    stageWith({ kafka: { ...selfManaged, ...network, auth: 'none' } }),
  ],
  ['a sink that is not enabled', stageWith({ enabled: false })],
  ['as many sinks as fit', read(fileOf(37)).stage!],
])('the dashboard of %s shows every alarm of the stack, once', (_, stage) => {
  const shown = widgetsOf(stage).flatMap(({ properties }) => properties.alarms ?? []);
  const made = Object.entries(stack(stage).resources.Resources).flatMap(([id, { Type }]) =>
    Type === 'AWS::CloudWatch::Alarm' ? [`\${${id}.Arn}`] : [],
  );
  expect(shown.toSorted()).toEqual(made.toSorted());
});

test('no widget of the dashboard covers another', () => {
  const [sink] = stageWith({}).sinks;
  const stage = { ...stageWith({}), sinks: Array.from({ length: 5 }, () => sink!) };
  const cells = widgetsOf(stage).flatMap(({ x, y, width, height }) =>
    Array.from(
      { length: width * height },
      (_, n) => `${x + (n % width)},${y + Math.floor(n / width)}`,
    ),
  );
  expect(new Set(cells).size).toBe(cells.length);
});
