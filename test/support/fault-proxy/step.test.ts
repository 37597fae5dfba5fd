import { expect, test } from 'vitest';
import { stepOf } from './step.ts';

const API = '/services/data/v65.0';

test.each([
  ['POST', '/services/oauth2/token', '', 'token'],
  ['POST', `${API}/jobs/ingest`, '{"object":"Contact"}', 'create'],
  ['POST', `${API}/jobs/ingest/`, '{"object":"Contact"}', 'create'],
  ['GET', `${API}/jobs/ingest?isPkChunkingEnabled=false`, '', 'list'],
  ['GET', `${API}/jobs/ingest/7505fEXAMPLE`, '', 'info'],
  ['PUT', `${API}/jobs/ingest/7505fEXAMPLE/batches`, 'Name\n"Aborted"\n', 'upload'],
  ['PATCH', `${API}/jobs/ingest/7505fEXAMPLE`, '{"state":"UploadComplete"}', 'close'],
  ['PATCH', `${API}/jobs/ingest/7505fEXAMPLE`, '{"state": "Aborted"}', 'abort'],
  ['DELETE', `${API}/jobs/ingest/7505fEXAMPLE`, '', 'delete'],
  ['GET', `${API}/jobs/ingest/7505fEXAMPLE/failedResults/`, '', 'failedResults'],
  ['GET', `${API}/jobs/ingest/7505fEXAMPLE/successfulResults`, '', 'successfulResults'],
  ['GET', `${API}/jobs/ingest/7505fEXAMPLE/unprocessedrecords`, '', 'unprocessedrecords'],
  ['GET', `${API}/sobjects/Contact/describe`, '', 'describe'],
  ['GET', `${API}/limits`, '', 'limits'],
  ['GET', `${API}/query?q=SELECT+Id+FROM+Contact`, '', 'other'],
])('%s %s %s is the step %4$s', (method, path, body, step) => {
  expect(stepOf({ method, path, target: null, body })).toBe(step);
});

test('a call to an AWS service is the step that its action names', () => {
  const call = { method: 'POST', path: '/', body: '{}' };
  for (const target of ['secretsmanager', 'DynamoDB_20120810', 'AmazonSQS']) {
    expect(stepOf({ ...call, target: `${target}.SomeAction` })).toBe('SomeAction');
  }
});
