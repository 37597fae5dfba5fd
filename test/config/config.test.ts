import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { settings } from '../../src/config/settings.ts';

const required = {
  SALESFORCE_OBJECT: 'Contact',
  SALESFORCE_URI: 'https://acme.my.salesforce.com/',
  SALESFORCE_SECRET_ID: 'dev/salesforce',
};

const problemsOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('the configuration', () => {
  it('needs an object, an org and a secret, and has a default for all else', () => {
    expect(readConfig(required)).toEqual({
      sink: 'local',
      object: 'Contact',
      operation: 'insert',
      externalIdField: null,
      recordIdField: null,
      keyField: null,
      uri: 'https://acme.my.salesforce.com',
      oauthUri: 'https://acme.my.salesforce.com/services/oauth2/token',
      secretId: 'dev/salesforce',
      apiVersion: 'v65.0',
      maxRetries: 3,
      assignmentRuleId: null,
      valueFormat: 'auto',
      schemaRegistryUrl: null,
      glueSchemaRegistry: false,
      uploadMode: 'auto',
      pollMaxSteps: 60,
      pollMaxWaitMs: 60_000,
      ledgerTable: null,
      errantQueueUrl: null,
      errorsTolerance: 'none',
      nullValues: 'empty',
      unknownFields: 'errant',
      fieldMap: new Map(),
      unavailableValue: '__debezium_unavailable_value',
      transform: null,
      changeEvents: 'auto',
      tombstones: 'errant',
      apiUsageCeiling: 0.95,
    });
  });

  it.each([
    [{ SALESFORCE_OPERATION: 'upsert' }, 'SALESFORCE_EXTERNAL_ID_FIELD is missing'],
    [
      { SALESFORCE_OPERATION: 'update', SALESFORCE_EXTERNAL_ID_FIELD: 'Ext__c' },
      'SALESFORCE_EXTERNAL_ID_FIELD is for SALESFORCE_OPERATION=upsert',
    ],
    [
      { SALESFORCE_OPERATION: 'update', SALESFORCE_RECORD_ID_FIELD: 'K__c' },
      'SALESFORCE_RECORD_ID_FIELD is for SALESFORCE_OPERATION=insert',
    ],
    [
      {
        SALESFORCE_OBJECT: 'Case',
        SALESFORCE_OPERATION: 'delete',
        SALESFORCE_ASSIGNMENT_RULE_ID: '01QD0000000EwNl',
      },
      'SALESFORCE_ASSIGNMENT_RULE_ID has no meaning with SALESFORCE_OPERATION=delete',
    ],
  ])('says what an operation needs: %o', (settings, problem) => {
    const message = problemsOf({ ...required, ...settings });
    expect(message).toContain(`- ${problem}`);
    expect(message.split('\n')).toHaveLength(2);
  });

  it.each([
    [{}, null, 'empty'],
    [{ SALESFORCE_OPERATION: 'update' }, 'Id', 'clear'],
    [{ SALESFORCE_OPERATION: 'delete' }, 'Id', 'empty'],
    [{ SALESFORCE_OPERATION: 'upsert', SALESFORCE_EXTERNAL_ID_FIELD: 'E__c' }, 'E__c', 'clear'],
    [{ SALESFORCE_RECORD_ID_FIELD: 'K__c' }, 'K__c', 'empty'],
  ])('of %o tells rows apart by %s and writes null as %s', (settings, keyField, nullValues) => {
    expect(readConfig({ ...required, ...settings })).toMatchObject({ keyField, nullValues });
  });

  it('reads a map of fields', () => {
    const FIELD_MAP = '{"mail":"Email","secret":null,"acct.key":"Account.Ext__c"}';
    const { fieldMap } = readConfig({ ...required, FIELD_MAP });
    expect([...fieldMap]).toEqual([
      ['mail', 'Email'],
      ['secret', null],
      ['acct.key', 'Account.Ext__c'],
    ]);
  });

  it('with a record id field makes an upsert on it of the insert', () => {
    expect(readConfig({ ...required, SALESFORCE_RECORD_ID_FIELD: 'KafkaId__c' })).toMatchObject({
      operation: 'upsert',
      externalIdField: 'KafkaId__c',
      recordIdField: 'KafkaId__c',
      keyField: 'KafkaId__c',
    });
  });

  it('tolerates errant records where there is a queue for them, unless it says otherwise', () => {
    const queue = { ERRANT_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/errant' };
    expect(readConfig({ ...required, ...queue }).errorsTolerance).toBe('all');
    const strict = { ...required, ...queue, ERRORS_TOLERANCE: 'none' };
    expect(readConfig(strict).errorsTolerance).toBe('none');
  });

  it('refuses a multipart upload with a ledger, which must know a job before its rows', () => {
    const message = problemsOf({ ...required, LEDGER_TABLE: 'ledger', UPLOAD_MODE: 'multipart' });
    expect(message).toContain('- UPLOAD_MODE got "multipart"; with LEDGER_TABLE it takes');
  });

  it('is frozen', () => {
    expect(Object.isFrozen(readConfig(required))).toBe(true);
  });

  it('takes an empty variable for one that was left out, and trims the others', () => {
    const config = readConfig({ ...required, VALUE_FORMAT: ' ', UPLOAD_MODE: ' staged ' });
    expect(config).toMatchObject({ valueFormat: 'auto', uploadMode: 'staged' });
  });

  it('says that there is one problem', () => {
    const message = problemsOf({ ...required, VALUE_FORMAT: 'xml' });
    expect(message).toContain("The function's environment has a problem:\n- VALUE_FORMAT got");
  });

  it('lists every problem at once', () => {
    const message = problemsOf({ VALUE_FORMAT: 'xml', POLL_MAX_STEPS: '0', SALESFORCE_URL: 'x' });
    expect(message.split('\n')).toEqual([
      "CONFIG_INVALID: The function's environment has 6 problems:",
      expect.stringMatching(/^- SALESFORCE_OBJECT is missing; it takes the API name/),
      expect.stringMatching(/^- SALESFORCE_URI is missing; it takes the My Domain URL/),
      expect.stringMatching(/^- SALESFORCE_SECRET_ID is missing; it takes the name or ARN/),
      '- VALUE_FORMAT got "xml"; it takes `auto`, `json`, `connect-json`, `avro`, `protobuf`',
      '- POLL_MAX_STEPS got "0"; it takes a whole number from 1 to 1000',
      '- SALESFORCE_URL is not a setting of this function; docs/CONFIGURATION.md lists them',
    ]);
  });

  it.each([
    ['SALESFORCE_URI', 'http://acme.my.salesforce.com'],
    ['SALESFORCE_URI', 'acme.my.salesforce.com'],
    ['SALESFORCE_URI', 'https://acme.my.salesforce.com?x=1'],
    ['SALESFORCE_URI', 'https://user:hidden@acme.my.salesforce.com'],
    ['SALESFORCE_URI', 'https://acme.my.salesforce.com#x'],
    ['SALESFORCE_URI', 'ftp://acme.my.salesforce.com'],
    ['SALESFORCE_OAUTH_URI', 'http://login.salesforce.com'],
    ['SCHEMA_REGISTRY_URL', 'ftp://registry.example.com'],
    ['SCHEMA_REGISTRY_URL', 'https://user:hidden@registry.example.com'],
    ['SALESFORCE_OBJECT', 'Contact;drop'],
    ['SALESFORCE_SECRET_ID', '{"clientId":"a","clientSecret":"hidden"}'],
    ['SALESFORCE_API_VERSION', '65.0'],
    ['SALESFORCE_MAX_RETRIES', '-1'],
    ['SALESFORCE_MAX_RETRIES', '1.5'],
    ['SALESFORCE_MAX_RETRIES', '1e1'],
    ['SALESFORCE_OPERATION', 'Upsert'],
    ['SALESFORCE_EXTERNAL_ID_FIELD', 'Ext__c'],
    ['SALESFORCE_ASSIGNMENT_RULE_ID', '01QD0000000EwNl'],
    ['UNKNOWN_FIELDS', 'ignore'],
    ['FIELD_MAP', '{"a":1}'],
    ['FIELD_MAP', '{"a":"not a field"}'],
    ['FIELD_MAP', '["a"]'],
    ['FIELD_MAP', '{"*":"LastName"}'],
    ['FIELD_MAP', '{a'],
    ['TOMBSTONES', 'delete'],
    ['API_USAGE_CEILING', '0'],
    ['API_USAGE_CEILING', '1.1'],
    ['API_USAGE_CEILING', '95%'],
    ['POLL_MAX_STEPS', '1001'],
    ['POLL_MAX_WAIT_SECONDS', '0'],
    ['ERRORS_TOLERANCE', 'ALL'],
    ['NULL_VALUES', 'null'],
    ['SALESFORCE_RECORD_ID_FIELD', 'Record Id'],
    ['LEDGER_TABLE', 'a/b'],
    ['ERRANT_QUEUE_URL', 'http://sqs.example.com/1/q'],
    ['ERRANT_QUEUE_URL', 'https://sqs.eu-west-1.amazonaws.com/123456789012/q.fifo'],
  ])('refuses %s=%s', (name, value) => {
    const message = problemsOf({ ...required, [name]: value });
    expect(message).toContain(`- ${name} `);
    expect(message.split('\n')).toHaveLength(2);
  });

  it('needs a registry for Avro, and takes one that lies below a path', () => {
    const avro = { ...required, VALUE_FORMAT: 'avro' };
    expect(problemsOf(avro)).toMatch(/\n- SCHEMA_REGISTRY_URL is missing, and VALUE_FORMAT=avro/);
    const url = 'https://registry.example.com/apis/ccompat/v7/';
    const config = readConfig({ ...avro, SCHEMA_REGISTRY_URL: url });
    expect(config.schemaRegistryUrl).toBe('https://registry.example.com/apis/ccompat/v7');
  });

  it('never repeats what could be a secret in the wrong place', () => {
    const secret = '{"clientId":"a","clientSecret":"hidden"}';
    const names = ['SALESFORCE_URI', 'SALESFORCE_OAUTH_URI', 'SALESFORCE_SECRET_ID'];
    for (const name of [...names, 'SCHEMA_REGISTRY_URL']) {
      expect(problemsOf({ ...required, [name]: secret })).not.toContain('hidden');
    }
  });

  it.each(['http://localhost:4010', 'http://127.0.0.1:4010', 'http://[::1]:4010'])(
    'takes plain http to this machine: %s',
    (url) => {
      const { oauthUri } = readConfig({ ...required, SALESFORCE_URI: url });
      expect(oauthUri).toBe(`${url}/services/oauth2/token`);
    },
  );

  it('takes plain http to a registry, which may ask for no login', () => {
    const url = 'http://schema-registry.internal:8081';
    expect(readConfig({ ...required, SCHEMA_REGISTRY_URL: url }).schemaRegistryUrl).toBe(url);
  });

  it('takes the ARN of a secret', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:dev/salesforce-AbCdEf';
    expect(readConfig({ ...required, SALESFORCE_SECRET_ID: arn }).secretId).toBe(arn);
  });

  it('has a description for every setting that finishes "it takes …"', () => {
    for (const { takes } of Object.values(settings)) expect(takes).toMatch(/^[a-z`]/);
  });
});
