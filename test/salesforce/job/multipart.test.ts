import { expect, it } from 'vitest';
import { multipartBody } from '../../../src/salesforce/job/multipart.ts';

it('a multipart body has a part of JSON and a part of CSV, framed by CRLF', () => {
  const { contentType, body } = multipartBody('{"object":"Contact"}', 'LastName\nA\n', 'edge');
  expect(contentType).toBe('multipart/form-data; boundary=edge');
  expect(body.split('\r\n')).toEqual([
    '--edge',
    'Content-Type: application/json',
    'Content-Disposition: form-data; name="job"',
    '',
    '{"object":"Contact"}',
    '--edge',
    'Content-Type: text/csv',
    'Content-Disposition: form-data; name="content"; filename="content"',
    '',
    'LastName\nA\n',
    '--edge--',
    '',
  ]);
});
