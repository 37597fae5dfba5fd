import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Stage } from '../../../infra/sinks-file/sink.ts';
import { alarmTopic } from '../../../infra/stack/alarm-topic.ts';
import { alarmKinds, alarms } from '../../../infra/stack/alarms.ts';
import { dashboard } from '../../../infra/stack/dashboard.ts';
import { queries, savedQueries } from '../../../infra/stack/queries.ts';
import { type Keys, SECRET, SELF_MANAGED, stageWith } from '../given.ts';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:on-call';
const alarmsOf = (stage: Stage) =>
  Object.fromEntries(
    Object.entries(alarms(stage.sinks[0]!, stage)).map(([id, { Properties }]) => [id, Properties]),
  );

test.each<[string, Keys]>([
  [
    'Errors',
    {
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Threshold: 1,
      EvaluationPeriods: 4,
      DatapointsToAlarm: 2,
    },
  ],
  ['Lag', { Namespace: 'AWS/Kafka', MetricName: 'SumOffsetLag', Threshold: 100_000 }],
  [
    'Errant',
    { Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1 },
  ],
  [
    'Duration',
    { Namespace: 'AWS/Lambda', MetricName: 'Duration', Statistic: 'Maximum', Threshold: 756_000 },
  ],
  ['ApiUsage', { Namespace: 'MskSalesforceSink', MetricName: 'ApiUsage', Threshold: 0.8 }],
  ['Throttles', { Namespace: 'AWS/Lambda', MetricName: 'Throttles', Threshold: 1 }],
])(
  'the alarm %s watches what it says, and tells the topic when it rings and when it ends',
  (id, expected) => {
    const properties = alarmsOf(stageWith({}))[`Contacts${id}Alarm`];

    expect(properties).toMatchObject(expected);
    expect(properties).toMatchObject({
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: 'AlarmTopic' }],
      OKActions: [{ Ref: 'AlarmTopic' }],
    });
  },
);

test('each alarm watches its own sink', () => {
  const dimensions = Object.values(alarmsOf(stageWith({}))).map(({ Dimensions }) => Dimensions);
  const fn = { Name: 'FunctionName', Value: 'msk-salesforce-sink-test-contacts' };

  expect(dimensions).toEqual([
    [fn],
    [
      { Name: 'Cluster Name', Value: 'crm' },
      { Name: 'Consumer Group', Value: 'msk-salesforce-sink-test-contacts' },
      { Name: 'Topic', Value: 'contacts' },
    ],
    [{ Name: 'QueueName', Value: { 'Fn::Sub': `\${ContactsErrantQueue.QueueName}` } }],
    [fn],
    [{ Name: 'sink', Value: 'msk-salesforce-sink-test-contacts' }],
    [fn],
  ]);
});

test('the lag of a self-managed cluster is what Lambda measures', () => {
  const kafka = { ...SELF_MANAGED, auth: 'plain', secretArn: SECRET };
  expect(alarmsOf(stageWith({ kafka, lagAlarm: 7 }))['ContactsLagAlarm']).toMatchObject({
    Namespace: 'AWS/Lambda',
    MetricName: 'OffsetLag',
    Dimensions: [{ Name: 'FunctionName', Value: 'msk-salesforce-sink-test-contacts' }],
    Threshold: 7,
  });
});

test('the alarm of the duration follows the time-out', () => {
  expect(alarmsOf(stageWith({ timeout: 100 }))['ContactsDurationAlarm']).toMatchObject({
    Threshold: 90_000,
  });
});

test('the runbook has a part for each alarm, which each alarm names', () => {
  const runbook = readFileSync('docs/OPERATIONS.md', 'utf8');
  for (const { heading } of alarmKinds) expect(runbook).toContain(`\n### ${heading}\n`);
  for (const { AlarmDescription } of Object.values(alarmsOf(stageWith({})))) {
    expect(AlarmDescription).toMatch(/What to do: docs\/OPERATIONS\.md, ".+"\.$/);
  }
});

test('alarms go to the topic that there is, and then none is made', () => {
  const stage = stageWith({}, { alarmTopicArn: TOPIC });
  expect(alarmTopic(stage)).toEqual({});
  for (const { AlarmActions } of Object.values(alarmsOf(stage))) {
    expect(AlarmActions).toEqual([TOPIC]);
  }
});

test('a topic of our own asks an address, takes alarms of this account, and refuses plain connections', () => {
  const made = alarmTopic(stageWith({}, { alarmEmail: 'on-call@example.com' }));

  expect(made['AlarmTopic']?.Properties['Subscription']).toEqual([
    { Protocol: 'email', Endpoint: 'on-call@example.com' },
  ]);
  expect(made['AlarmTopicPolicy']?.Properties).toMatchObject({
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
        },
        { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ],
    },
  });
  expect(alarmTopic(stageWith({}))['AlarmTopic']?.Properties).not.toHaveProperty('Subscription');
});

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

test('the dashboard shows every alarm, and every metric that the function writes', () => {
  const widgets = widgetsOf(stageWith({}));
  const own = widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .filter(([namespace]) => namespace === 'MskSalesforceSink');

  expect(widgets[0]?.properties.alarms).toEqual(
    alarmKinds.map(({ id }) => `\${Contacts${id}Alarm.Arn}`),
  );
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

test('the saved queries read the logs of every sink', () => {
  const saved = Object.values(savedQueries(stageWith({}))).map(({ Properties }) => Properties);

  expect(saved.map(({ Name }) => Name)).toEqual([
    'msk-salesforce-sink/test/one flush',
    'msk-salesforce-sink/test/one record',
    'msk-salesforce-sink/test/rejected rows by code',
  ]);
  for (const { LogGroupNames } of saved)
    expect(LogGroupNames).toEqual([{ Ref: 'ContactsLogGroup' }]);
});

test('the query for one record finds its offset in a range, alone, and in an errant line', () => {
  const parse = queries['one record'].find((line) => line.startsWith('| parse')) ?? '';
  const pattern = new RegExp(/\/(.+)\//.exec(parse)?.[1] ?? '');
  const found = (line: string) => pattern.exec(line)?.groups;

  expect(found('{"offsets":["contacts-1@5","contacts-3@1000..1999"]}')).toMatchObject({
    first: '1000',
    last: '1999',
  });
  expect(found('{"record":"contacts-3@1042"}')).toMatchObject({ first: '1042', last: undefined });
  expect(found('{"offsets":["contacts-31@1000..1999"]}')).toBeUndefined();
});
