import { expect, test } from 'vitest';
import { TokenError } from '../../../local/kafka-consumer/login-token.ts';
import type { Sasl } from '../../../local/kafka-consumer/sasl.ts';
import { explain } from '../../../local/runner/explain.ts';

const iam: Sasl = { mechanism: 'AWS_MSK_IAM', region: 'eu-west-1' };
const oauth: Sasl = { mechanism: 'OAUTHBEARER', tokenFile: 'token.jwt' };

/** What is said about an error with this code, deep under others. */
function explained(apiId: string, sasl: Sasl): string {
  const reason = Object.assign(new Error('whatever'), { apiId });
  const error = new AggregateError([new Error('Connection failed.', { cause: reason })], 'Failed.');
  return explain(error, { brokers: ['b-1:9098'], tls: null, sasl });
}

test.each([
  ['SASL_AUTHENTICATION_FAILED', iam, 'allowed kafka-cluster:Connect, and the region.'],
  ['SASL_AUTHENTICATION_FAILED', oauth, 'rejects the token in token.jwt (OAUTHBEARER)'],
  ['UNSUPPORTED_SASL_MECHANISM', iam, 'another port (IAM has 9098, from outside 9198)'],
  ['UNSUPPORTED_SASL_MECHANISM', oauth, 'does not take SASL OAUTHBEARER on this port'],
  ['TOPIC_AUTHORIZATION_FAILED', iam, 'Grant kafka-cluster:DescribeTopic and ReadData'],
  ['GROUP_AUTHORIZATION_FAILED', oauth, 'does not allow the owner of the token to read'],
] as const)('%s is explained for %j', (code, sasl, message) => {
  expect(explained(code, sasl)).toContain(message);
  expect(explained(code, sasl)).not.toContain('\n');
});

test('a login without a token is explained by what the token lacks', () => {
  const cause = new TokenError('--token-file cannot read token.jwt (ENOENT).');
  // The client has this code for every failed login.
  const error = Object.assign(new Error('It failed.', { cause }), {
    code: 'PLT_KFK_AUTHENTICATION',
  });
  expect(explain(error, { brokers: ['b-1:9098'], tls: null, sasl: oauth })).toBe(cause.message);
});
