import type { Sink, Stage } from '../sinks-file/sink.ts';
import { alarmKinds } from './alarms.ts';
import { type Resource, sub } from './cloudformation.ts';
import { errantWaiting, lag, type Metric, ofLambda, own } from './metrics.ts';
import { logicalIds } from './names.ts';

/** A line of a chart. */
interface Line {
  readonly metric: Metric;
  readonly stat: 'Sum' | 'Average' | 'Maximum';
}

interface Chart {
  readonly title: string;
  readonly lines: readonly Line[];
}

interface Widget {
  readonly type: 'alarm' | 'metric' | 'text';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

const dashboardWidth = 24;
const chart = { width: 6, height: 6 };
const rowHeight = 1 + chart.height;

/**
 * The dashboard of a stage: all alarms, then a row per sink with records, lag, job durations and
 * the API usage of the org.
 */
export function dashboard(stage: Stage): Resource {
  const { service, stage: name, region, sinks } = stage;
  const top = alarmWidget(sinks);
  const rows = sinks.flatMap((sink, index) => row(sink, top.height + index * rowHeight, region));
  return {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: `${service}-${name}`,
      DashboardBody: sub(JSON.stringify({ widgets: [top, ...rows] })),
    },
  };
}

function alarmWidget(sinks: readonly Sink[]): Widget {
  const alarms = sinks.flatMap(({ name }) =>
    alarmKinds.map(({ id }) => `\${${logicalIds(name).alarm(id)}.Arn}`),
  );
  const height = 1 + sinks.length * 2;
  return {
    type: 'alarm',
    x: 0,
    y: 0,
    width: dashboardWidth,
    height,
    properties: { title: 'Alarms', alarms },
  };
}

function row(sink: Sink, y: number, region: string): Widget[] {
  const markdown = `## ${sink.name}: ${sink.topic} into ${sink.object}`;
  const heading: Widget = {
    type: 'text',
    x: 0,
    y,
    width: dashboardWidth,
    height: 1,
    properties: { markdown },
  };
  const charts = chartsOf(sink).map(({ title, lines }, index) => ({
    type: 'metric' as const,
    x: index * chart.width,
    y: y + 1,
    ...chart,
    properties: { title, region, view: 'timeSeries', period: 300, metrics: lines.map(metricLine) },
  }));
  return [heading, ...charts];
}

function chartsOf(sink: Sink): Chart[] {
  const sum = (name: string): Line => ({ metric: own(sink, name), stat: 'Sum' });
  const most = (name: string): Line => ({ metric: own(sink, name), stat: 'Maximum' });
  return [
    {
      title: 'Records',
      lines: ['Received', 'Written', 'Errant', 'Redelivered', 'Skipped'].map((end) =>
        sum(`Records${end}`),
      ),
    },
    {
      title: 'Behind',
      lines: [
        { metric: lag(sink), stat: 'Maximum' },
        most('OldestRecordAgeSeconds'),
        { metric: errantWaiting(sink), stat: 'Maximum' },
      ],
    },
    {
      title: 'Flushes',
      lines: [
        sum('Jobs'),
        most('JobSeconds'),
        sum('Waits'),
        { metric: ofLambda(sink, 'Errors'), stat: 'Sum' },
        { metric: ofLambda(sink, 'Throttles'), stat: 'Sum' },
        { metric: ofLambda(sink, 'ConcurrentExecutions'), stat: 'Maximum' },
      ],
    },
    { title: 'Load on the org', lines: [most('ApiUsage'), sum('CsvBytes')] },
  ];
}

/** Bytes are on the right axis, since counts are much smaller. */
function metricLine({ metric, stat }: Line): unknown[] {
  const dimensions = Object.entries(metric.dimensions).flat();
  const axis = metric.name === 'CsvBytes' ? { yAxis: 'right' } : {};
  return [metric.namespace, metric.name, ...dimensions, { stat, ...axis }];
}
