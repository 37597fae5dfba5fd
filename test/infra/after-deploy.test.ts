import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { nextSteps } from '../../infra/after-deploy.ts';
import { read, sampleClusterArn, stageWith } from './given.ts';

const dashboard =
  'Dashboard  https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/msk-salesforce-sink-test';

test('a deployment says what runs, and what to do next', () => {
  expect(nextSteps(stageWith({}), { file: null, profile: null })).toEqual([
    'Release 1.2.3, stage test in us-east-1: 1 sink',
    '  contacts  contacts → Contact',
    dashboard,
    '',
    'Next',
    '  npm run secret -- --stage test  stores client id and secret, unless that is done',
    '  npm run doctor -- --stage test  checks every sink',
    '  npm run logs -- --stage test  shows what arrives; polling starts in a minute or two',
  ]);
});

test('the next commands act on the same stage, file and account, and name a sink where there are several', () => {
  const sinks = {
    contacts: { topic: 'contacts' },
    orders: { topic: 'orders', salesforceSecret: 'other' },
  };
  const kafka = { kind: 'msk', clusterArn: sampleClusterArn };
  const shared = { object: 'Contact', salesforceUri: 'https://acme.my.salesforce.com', kafka };
  const { stage } = read(stringify({ alarmEmail: 'on-call@example.com', shared, sinks }));
  const lines = nextSteps(stage!, { file: '../our/prod.yml', profile: 'crm' });
  const options = '--stage test --param "sinks=../our/prod.yml" --aws-profile crm';

  expect(lines.slice(0, 3)).toEqual([
    'Release 1.2.3, stage test in us-east-1: 2 sinks',
    '  contacts  contacts → Contact',
    '  orders    orders → Contact',
  ]);
  expect(
    lines.filter((line) => line.includes('npm run')).map((line) => line.split(/ {2}/)[1]),
  ).toEqual([
    `npm run secret -- ${options} --sink NAME`,
    `npm run doctor -- ${options}`,
    `npm run logs -- ${options} --sink contacts`,
  ]);
  expect(lines.join('\n')).toContain('Confirm the subscription in the mail to on-call@example.com');
});
