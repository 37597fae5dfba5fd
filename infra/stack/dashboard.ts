import { limits } from '../limits/limits.ts';
import type { Sink, Stage } from '../sinks-file/sink.ts';
import { alarms } from './alarms.ts';
import { type Resource, type Resources, sub } from './cloudformation.ts';
import { doctorAlarm, timeLagAlarm } from './dead-sink-alarms.ts';
import { errantWaiting, lag, type Metric, ofLambda, own } from './metrics.ts';
import { dashboardName } from './outputs.ts';

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
  const { region, sinks } = stage;
  const top = alarmWidgets(stage);
  const begin = top.reduce((sum, { height }) => sum + height, 0);
  const rows = sinks.flatMap((sink, index) => row(sink, begin + index * rowHeight, region));
  return {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: dashboardName(stage),
      DashboardBody: sub(JSON.stringify({ widgets: [...top, ...rows] })),
    },
  };
}

/** The ARNs of alarms, as a dashboard names them. */
const arnsOf = (resources: Resources): string[] =>
  Object.keys(resources).map((id) => `\${${id}.Arn}`);

/** The alarms of the stage and of all sinks, in as many widgets as that takes, one below the other. */
function alarmWidgets(stage: Stage): Widget[] {
  const { sinks } = stage;
  const ofStage = arnsOf(doctorAlarm(stage));
  const bySink = sinks.map((sink) =>
    arnsOf({ ...alarms(sink, stage), ...timeLagAlarm(sink, stage) }),
  );
  const most = Math.max(1, ...bySink.map(({ length }) => length));
  const sinksOfWidget = Math.floor((limits.widgetAlarms.most - ofStage.length) / most);
  const count = Math.ceil(sinks.length / sinksOfWidget);
  return Array.from({ length: count }, (_, index) => {
    const shown = bySink.slice(index * sinksOfWidget, (index + 1) * sinksOfWidget);
    return {
      type: 'alarm',
      x: 0,
      y: index * alarmHeight(sinksOfWidget),
      width: dashboardWidth,
      height: alarmHeight(shown.length),
      properties: {
        title: count === 1 ? 'Alarms' : `Alarms, ${index + 1} of ${count}`,
        alarms: [...(index === 0 ? ofStage : []), ...shown.flat()],
      },
    };
  });
}

const alarmHeight = (sinks: number): number => 1 + sinks * 2;

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
