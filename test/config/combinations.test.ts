import { describe, expect, it } from 'vitest';
import { refusedCombinations } from '../../src/config/combinations.ts';

const upsert = {
  SALESFORCE_OPERATION: 'upsert',
  SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
};

describe('settings', () => {
  it.each<Record<string, string>>([
    {},
    upsert,
    { SALESFORCE_OPERATION: 'update' },
    { SALESFORCE_OPERATION: 'hardDelete', TOMBSTONES: 'skip' },
    { SALESFORCE_RECORD_ID_FIELD: 'KafkaRecordId__c' },
    { SALESFORCE_OBJECT: 'lead', SALESFORCE_ASSIGNMENT_RULE_ID: '01QD0000000EwNlMAK' },
    { ...upsert, SALESFORCE_OBJECT: 'Case', SALESFORCE_ASSIGNMENT_RULE_ID: '01QD0000000EwNlMAK' },
    { LEDGER_TABLE: 'ledger', UPLOAD_MODE: 'staged' },
    { ERRORS_TOLERANCE: 'all', LOG_LEVEL: 'ERROR' },
    { ERRANT_QUEUE_URL: 'https://sqs', ERRORS_TOLERANCE: 'all', LOG_LEVEL: 'SILENT' },
  ])('go together: %j', (environment) => {
    expect(refusedCombinations(environment)).toEqual([]);
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ SALESFORCE_OPERATION: 'upsert' }, /^SALESFORCE_EXTERNAL_ID_FIELD is missing/],
    [
      { SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c' },
      /^SALESFORCE_EXTERNAL_ID_FIELD .* insert takes none/,
    ],
    [
      { ...upsert, SALESFORCE_OPERATION: 'delete' },
      /^SALESFORCE_EXTERNAL_ID_FIELD .* delete takes none/,
    ],
    [
      { ...upsert, SALESFORCE_RECORD_ID_FIELD: 'KafkaRecordId__c' },
      /^SALESFORCE_RECORD_ID_FIELD .* upsert is safe/,
    ],
    [
      {
        ...{ SALESFORCE_OPERATION: 'delete', SALESFORCE_OBJECT: 'Case' },
        SALESFORCE_ASSIGNMENT_RULE_ID: '01QD0000000EwNlMAK',
      },
      /^SALESFORCE_ASSIGNMENT_RULE_ID has no meaning with SALESFORCE_OPERATION=delete/,
    ],
    [
      { SALESFORCE_OBJECT: 'Contact', SALESFORCE_ASSIGNMENT_RULE_ID: '01QD0000000EwNlMAK' },
      /^SALESFORCE_ASSIGNMENT_RULE_ID is for the objects Case and Lead only/,
    ],
    [{ LEDGER_TABLE: 'ledger', UPLOAD_MODE: 'multipart' }, /^UPLOAD_MODE got "multipart"/],
    [{ VALUE_FORMAT: 'avro' }, /^SCHEMA_REGISTRY_URL is missing/],
    [
      { ERRORS_TOLERANCE: 'all', AWS_LAMBDA_LOG_LEVEL: 'FATAL' },
      /^AWS_LAMBDA_LOG_LEVEL got "FATAL"/,
    ],
  ])('do not go together: %j', (environment, says) => {
    expect(refusedCombinations(environment)).toEqual([expect.stringMatching(says)]);
  });
});
