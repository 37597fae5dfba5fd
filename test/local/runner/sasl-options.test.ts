import { expect, test } from 'vitest';
import { readOptions } from '../../../local/runner/options.ts';
import { UsageError } from '../../../local/runner/usage-error.ts';

const read = (args: readonly string[], environment: Record<string, string> = {}) =>
  readOptions(['--brokers', 'localhost:9092', '--topic', 'contacts', ...args], environment);

const tls = { ca: null };
const iam = ['--sasl', 'AWS_MSK_IAM'];
const oauth = ['--sasl', 'OAUTHBEARER'];

test.each([
  [[...iam, '--region', 'eu-west-1'], {}, 'eu-west-1'],
  [iam, { AWS_REGION: 'us-gov-west-1' }, 'us-gov-west-1'],
  [[...iam, '--region', 'eu-west-1'], { AWS_REGION: 'eu-west-2' }, 'eu-west-1'],
  [['--sasl', 'aws_msk_iam', '--tls'], { AWS_REGION: 'eu-west-2' }, 'eu-west-2'],
])('%j with %j is IAM over TLS', (args, environment, region) => {
  const sasl = { mechanism: 'AWS_MSK_IAM', region };
  expect(read(args, environment)).toMatchObject({ access: { tls, sasl } });
});

test('OAUTHBEARER takes a token file, over TLS only when that is asked for', () => {
  const sasl = { mechanism: 'OAUTHBEARER', tokenFile: 'token.jwt' };
  const args = [...oauth, '--token-file', 'token.jwt'];
  expect(read(args)).toMatchObject({ access: { tls: null, sasl } });
  expect(read([...args, '--tls'])).toMatchObject({ access: { tls, sasl } });
});

test.each([
  [['--sasl', 'OAUTH'], 'SCRAM-SHA-512, OAUTHBEARER, AWS_MSK_IAM, not "OAUTH".'],
  [['--username', 'ann'], '--username is for --sasl PLAIN, SCRAM-SHA-256, SCRAM-SHA-512.'],
  [['--sasl', 'PLAIN'], '--sasl PLAIN needs --username.'],
  [
    ['--sasl', 'PLAIN', '--username', 'ann'],
    '--sasl PLAIN needs the password in the environment variable KAFKA_PASSWORD.',
  ],
  [oauth, '--sasl OAUTHBEARER needs --token-file, a file with the token.'],
  [[...oauth, '--username', 'ann'], '--username is for --sasl PLAIN'],
  [[...oauth, '--region', 'eu-west-1'], '--region is for --sasl AWS_MSK_IAM.'],
  [iam, '--sasl AWS_MSK_IAM needs the region of the cluster in --region or AWS_REGION.'],
  [
    [...iam, '--region', 'Ireland'],
    '--region takes an AWS region, such as eu-west-1, not "Ireland".',
  ],
  [[...iam, '--username', 'ann'], '--username is for --sasl PLAIN'],
  [[...iam, '--token-file', 'token.jwt'], '--token-file is for --sasl OAUTHBEARER.'],
  [['--region', 'eu-west-1'], '--region is for --sasl AWS_MSK_IAM.'],
])('%j is refused in one line', (args, message) => {
  expect(() => read(args)).toThrow(UsageError);
  expect(() => read(args)).toThrow(message);
});

test('a wrong AWS_REGION is named as such', () => {
  expect(() => read(iam, { AWS_REGION: 'west' })).toThrow('AWS_REGION takes an AWS region');
});
