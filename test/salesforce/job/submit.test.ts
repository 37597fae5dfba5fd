import { expect, it } from 'vitest';
import { multipartLimit } from '../../../src/salesforce/job/multipart.ts';
import { uploadModeFor } from '../../../src/salesforce/job/submit.ts';

it.each([
  ['auto', null, multipartLimit, 'multipart'],
  ['auto', null, multipartLimit + 1, 'staged'],
  ['auto', 'ledger', 1, 'staged'],
  ['multipart', null, multipartLimit, 'multipart'],
  ['multipart', null, multipartLimit + 1, 'staged'],
  ['staged', null, 1, 'staged'],
] as const)('with UPLOAD_MODE=%s and LEDGER_TABLE=%s, %i bytes go %s', (...given) => {
  const [uploadMode, ledgerTable, bytes, mode] = given;
  const config = { uploadMode, ledgerTable, operation: 'insert', recordIdField: null } as const;
  expect(uploadModeFor(config, bytes)).toBe(mode);
});

it.each([
  ['upsert', null, 'staged'],
  ['update', null, 'staged'],
  ['delete', null, 'staged'],
  ['upsert', 'KafkaId__c', 'multipart'],
] as const)('alone, %s with record id field %s goes %s', (operation, recordIdField, mode) => {
  const config = { uploadMode: 'auto', ledgerTable: null, operation, recordIdField } as const;
  expect(uploadModeFor(config, 1)).toBe(mode);
});
