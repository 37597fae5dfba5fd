import { expect, test } from 'vitest';
import { stepOf } from './step.ts';

const api = '/services/data/v65.0';

test.each([
  ['POST', '/services/oauth2/token', '', 'token'],
  ['POST', `${api}/jobs/ingest`, '{"object":"Contact"}', 'create'],
  ['POST', `${api}/jobs/ingest/`, '{"object":"Contact"}', 'create'],
  ['GET', `${api}/jobs/ingest?isPkChunkingEnabled=false`, '', 'list'],
  ['GET', `${api}/jobs/ingest/7505fEXAMPLE`, '', 'info'],
  ['PUT', `${api}/jobs/ingest/7505fEXAMPLE/batches`, 'Name\n"Aborted"\n', 'upload'],
  ['PATCH', `${api}/jobs/ingest/7505fEXAMPLE`, '{"state":"UploadComplete"}', 'close'],
  ['PATCH', `${api}/jobs/ingest/7505fEXAMPLE`, '{"state": "Aborted"}', 'abort'],
  ['DELETE', `${api}/jobs/ingest/7505fEXAMPLE`, '', 'delete'],
  ['GET', `${api}/jobs/ingest/7505fEXAMPLE/failedResults/`, '', 'failedResults'],
  ['GET', `${api}/jobs/ingest/7505fEXAMPLE/successfulResults`, '', 'successfulResults'],
  ['GET', `${api}/jobs/ingest/7505fEXAMPLE/unprocessedrecords`, '', 'unprocessedrecords'],
  ['GET', `${api}/sobjects/Contact/describe`, '', 'describe'],
  ['GET', `${api}/limits`, '', 'limits'],
  ['GET', `${api}/query?q=SELECT+Id+FROM+Contact`, '', 'query'],
  ['GET', `${api}/query/0r8xx3d5EXAMPLE-2000`, '', 'query'],
  ['GET', `${api}/sobjects`, '', 'other'],
])('%s %s %s is the step %4$s', (method, path, body, step) => {
  expect(stepOf({ method, path, target: null, body })).toBe(step);
});

test('a call to an AWS service is the step that its action names', () => {
  const call = { method: 'POST', path: '/', body: '{}' };
  for (const target of ['secretsmanager', 'DynamoDB_20120810', 'AmazonSQS']) {
    expect(stepOf({ ...call, target: `${target}.SomeAction` })).toBe('SomeAction');
  }
});
