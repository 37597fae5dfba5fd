import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Stage } from '../../../infra/sinks-file/sink.ts';
import { alarmTopic } from '../../../infra/stack/alarm-topic.ts';
import { alarmKinds, alarms } from '../../../infra/stack/alarms.ts';
import { timeLagAlarm } from '../../../infra/stack/dead-sink-alarms.ts';
import { type Keys, sampleSecretArn, selfManaged, stageWith } from '../given.ts';

const topicArn = 'arn:aws:sns:us-east-1:111122223333:on-call';
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
      EvaluationPeriods: 8,
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

/** Whether an alarm fires over six hours of flushes that each take so long and fail; `stamps` in seconds. */
function fires(seconds: number, { EvaluationPeriods, DatapointsToAlarm }: Keys): boolean {
  const starts = Array.from({ length: Math.floor(21_600 / seconds) }, (_, n) => n * (seconds + 5));
  return Array.from({ length: 360 }, (_, minute) => minute * 60).some((now) => {
    const last = Math.floor(now / 300) * 300;
    const first = last - Number(EvaluationPeriods) * 300;
    // A point is stamped at the start of its flush, and there a minute after the end.
    const seen = starts.filter((at) => at + seconds + 60 <= now && at >= first && at < last);
    return new Set(seen.map((at) => Math.floor(at / 300))).size >= Number(DatapointsToAlarm);
  });
}

test.each([60, 299, 300, 600, 840])(
  'flushes that take the whole timeout of %i s and fail fire the alarms on errors and duration',
  (timeout) => {
    const properties = alarmsOf(stageWith({ timeout }));
    expect(fires(timeout, properties['ContactsErrorsAlarm'] ?? {})).toBe(true);
    expect(fires(timeout, properties['ContactsDurationAlarm'] ?? {})).toBe(true);
  },
);

test('no two alarms have one name, whatever the names of sinks', () => {
  const parts = ['time', 'lag', 'api', 'usage', 'errors', 'lag-time', 'api-usage'];
  const names = ['contacts', ...parts.map((part) => `contacts-${part}`)];
  const stage = stageWith({});
  const alarmNames = names.flatMap((name) => {
    const sink = { ...stage.sinks[0]!, name, functionName: `msk-salesforce-sink-test-${name}` };
    const all = { ...alarms(sink, stage), ...timeLagAlarm(sink, stage) };
    return Object.values(all).map(({ Properties }) => (Properties as Keys)['AlarmName']);
  });
  expect(alarmNames.length).toBe(names.length * 7);
  expect(alarmNames).toEqual([...new Set(alarmNames)]);
});

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
  const kafka = { ...selfManaged, auth: 'plain', secretArn: sampleSecretArn };
  expect(alarmsOf(stageWith({ kafka, lagAlarm: 7 }))['ContactsLagAlarm']).toMatchObject({
    Namespace: 'AWS/Lambda',
    MetricName: 'OffsetLag',
    Dimensions: [{ Name: 'FunctionName', Value: 'msk-salesforce-sink-test-contacts' }],
    Threshold: 7,
  });
});

test('the alarm of the duration follows the timeout', () => {
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
  const stage = stageWith({}, { alarmTopicArn: topicArn });
  expect(alarmTopic(stage)).toEqual({});
  for (const { AlarmActions } of Object.values(alarmsOf(stage))) {
    expect(AlarmActions).toEqual([topicArn]);
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
