import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  deadSinkHeadings,
  doctorAlarm,
  doctorSchedule,
  timeLagAlarm,
} from '../../../infra/stack/dead-sink-alarms.ts';
import { stack } from '../../../infra/stack/stack.ts';
import { sampleSecretArn, selfManaged, stageWith } from '../given.ts';

const functionName = 'msk-salesforce-sink-test-contacts';
const topic = [{ Ref: 'AlarmTopic' }];

test('the doctor checks every enabled sink each hour, and missing data rings its alarm', () => {
  const stage = stageWith({});
  expect(doctorSchedule(stage)).toEqual([
    {
      schedule: {
        rate: ['rate(1 hour)'],
        input: { sinks: [functionName], reports: true, listsJobs: false },
      },
    },
  ]);
  expect(doctorAlarm(stage)['DoctorAlarm']?.Properties).toMatchObject({
    ...{ Namespace: 'MskSalesforceSink', MetricName: 'FailedChecks' },
    Dimensions: [{ Name: 'doctor', Value: 'msk-salesforce-sink-test-doctor' }],
    ...{ Threshold: 1, TreatMissingData: 'breaching', AlarmActions: topic, OKActions: topic },
  });
});

test('a sink that is disabled on purpose rings no alarm', () => {
  const stage = stageWith({ enabled: false });
  expect([doctorSchedule(stage), doctorAlarm(stage)]).toEqual([[], {}]);
});

test('the time lag of an MSK sink rings however slow its topic is', () => {
  const stage = stageWith({});
  const made = timeLagAlarm(stage.sinks[0]!, stage)['ContactsTimeLagAlarm'];
  expect(made?.Properties).toMatchObject({
    ...{ Namespace: 'AWS/Kafka', MetricName: 'EstimatedMaxTimeLag', Threshold: 3600 },
    Dimensions: [
      { Name: 'Cluster Name', Value: 'crm' },
      { Name: 'Consumer Group', Value: functionName },
      { Name: 'Topic', Value: 'contacts' },
    ],
  });
});

test('a self-managed cluster has no time lag', () => {
  const kafka = { ...selfManaged, auth: 'plain', secretArn: sampleSecretArn };
  const stage = stageWith({ kafka });
  expect(timeLagAlarm(stage.sinks[0]!, stage)).toEqual({});
});

test('both are in the stack, and the runbook has a part for each', () => {
  const { Resources } = stack(stageWith({})).resources;
  const runbook = readFileSync('docs/OPERATIONS.md', 'utf8');
  const made = ['DoctorAlarm', 'ContactsTimeLagAlarm'].map((id) => Resources[id]?.Properties);
  for (const [index, heading] of Object.values(deadSinkHeadings).entries()) {
    expect(runbook).toContain(`\n### ${heading}\n`);
    expect(made[index]?.['AlarmDescription']).toContain(`"${heading}".`);
  }
});
