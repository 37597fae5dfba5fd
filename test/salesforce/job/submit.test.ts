import { expect, it } from 'vitest';
import { multipartBody, multipartLimit } from '../../../src/salesforce/job/multipart.ts';
import { uploadModeFor } from '../../../src/salesforce/job/submit.ts';

it.each([
  ['auto', multipartLimit, 'multipart'],
  ['auto', multipartLimit + 1, 'staged'],
  ['multipart', multipartLimit, 'multipart'],
  ['multipart', multipartLimit + 1, 'staged'],
  ['staged', 1, 'staged'],
] as const)('with UPLOAD_MODE=%s, %i bytes go %s', (uploadMode, bytes, mode) => {
  expect(uploadModeFor({ uploadMode }, bytes)).toBe(mode);
});

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
