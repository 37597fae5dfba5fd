import { describe, expect, test } from 'vitest';
import { mapping } from '../../../infra/stack/mapping.ts';
import {
  type Keys,
  mskSecret,
  network,
  rootCa,
  sampleClusterArn,
  sampleKeyArn,
  sampleSecretArn,
  selfManaged,
  stageWith,
} from '../given.ts';

const propertiesOf = (keys: Keys) => mapping(stageWith(keys).sinks[0]!).Properties;
const mskWith = (keys: Keys) =>
  propertiesOf({ kafka: { kind: 'msk', clusterArn: sampleClusterArn, ...keys } });
const selfManagedWith = (keys: Keys) => propertiesOf({ kafka: { ...selfManaged, ...keys } });

test('a mapping reads the topic from its oldest record, in the largest batches', () => {
  expect(propertiesOf({})).toEqual({
    EventSourceArn: sampleClusterArn,
    FunctionName: { 'Fn::GetAtt': ['ContactsLambdaFunction', 'Arn'] },
    Enabled: true,
    Topics: ['contacts'],
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 10_000,
    MaximumBatchingWindowInSeconds: 60,
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'msk-salesforce-sink-test-contacts' },
  });
});

test('a window of 0 stays 0, and a mapping can be stopped', () => {
  expect(propertiesOf({ batchingWindow: 0, enabled: false, batchSize: 1 })).toMatchObject({
    MaximumBatchingWindowInSeconds: 0,
    Enabled: false,
    BatchSize: 1,
  });
});

test('a mapping can begin at a time', () => {
  expect(propertiesOf({ startingPosition: '2026-11-01T00:00:00Z' })).toMatchObject({
    StartingPosition: 'AT_TIMESTAMP',
    StartingPositionTimestamp: 1_793_491_200,
  });
});

describe('Amazon MSK', () => {
  test.each(['iam', 'none'])('with %s needs no secret', (auth) => {
    expect(mskWith({ auth })).not.toHaveProperty('SourceAccessConfigurations');
  });

  test('logs in with SCRAM', () => {
    const kafka = { auth: 'scram-512', secretArn: mskSecret, secretKeyArn: sampleKeyArn };
    expect(mskWith(kafka)['SourceAccessConfigurations']).toEqual([
      { Type: 'SASL_SCRAM_512_AUTH', URI: mskSecret },
    ]);
  });

  test('logs in with a certificate', () => {
    expect(
      mskWith({ auth: 'mtls', secretArn: sampleSecretArn })['SourceAccessConfigurations'],
    ).toEqual([{ Type: 'CLIENT_CERTIFICATE_TLS_AUTH', URI: sampleSecretArn }]);
  });

  test('Serverless is read like a cluster with IAM', () => {
    const properties = mskWith({ kind: 'msk-serverless' });
    expect(properties).toEqual(mskWith({}));
  });
});

describe('a self-managed cluster', () => {
  test('is known by its brokers, and names its group where such clusters do', () => {
    const { EventSourceArn, ...properties } = selfManagedWith({
      auth: 'plain',
      secretArn: sampleSecretArn,
    });
    expect(EventSourceArn).toBeUndefined();
    expect(properties).toMatchObject({
      SelfManagedEventSource: {
        Endpoints: { KafkaBootstrapServers: ['b1.acme.example:9096', 'b2.acme.example:9096'] },
      },
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'msk-salesforce-sink-test-contacts' },
    });
    expect(properties).not.toHaveProperty('AmazonManagedKafkaEventSourceConfig');
  });

  test.each([
    ['plain', 'BASIC_AUTH'],
    ['scram-256', 'SASL_SCRAM_256_AUTH'],
    ['scram-512', 'SASL_SCRAM_512_AUTH'],
    ['mtls', 'CLIENT_CERTIFICATE_TLS_AUTH'],
  ])('with %s is logged into by %s', (auth, Type) => {
    const { SourceAccessConfigurations } = selfManagedWith({ auth, secretArn: sampleSecretArn });
    expect(SourceAccessConfigurations).toEqual([{ Type, URI: sampleSecretArn }]);
  });

  test('may have a root certificate of its own and lie in a VPC', () => {
    const kafka = { auth: 'mtls', secretArn: sampleSecretArn, rootCaSecretArn: rootCa, ...network };
    expect(selfManagedWith(kafka)['SourceAccessConfigurations']).toEqual([
      { Type: 'CLIENT_CERTIFICATE_TLS_AUTH', URI: sampleSecretArn },
      { Type: 'SERVER_ROOT_CA_CERTIFICATE', URI: rootCa },
      { Type: 'VPC_SUBNET', URI: 'subnet:subnet-0a1b2c3d' },
      { Type: 'VPC_SUBNET', URI: 'subnet:subnet-0a2b2c3d' },
      { Type: 'VPC_SECURITY_GROUP', URI: 'security_group:sg-0b1b2c3d' },
    ]);
  });

  test('may let anybody of its VPC in', () => {
    const { SourceAccessConfigurations } = selfManagedWith({ auth: 'none', ...network });
    expect(SourceAccessConfigurations).toHaveLength(3);
  });
});

test('provisioned pollers take all that Lambda offers with them', () => {
  const keys = {
    pollers: { min: 2, max: 6, group: 'crm' },
    retries: 5,
    recordAge: 86_400,
    bisect: true,
    onFailure: 'kafka://contacts.failed',
    pollerLogs: 'WARN',
    pollerMetrics: ['EventCount', 'KafkaMetrics'],
  };
  expect(propertiesOf(keys)).toMatchObject({
    ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 6, PollerGroupName: 'crm' },
    MaximumRetryAttempts: 5,
    MaximumRecordAgeInSeconds: 86_400,
    BisectBatchOnFunctionError: true,
    DestinationConfig: { OnFailure: { Destination: 'kafka://contacts.failed' } },
    LoggingConfig: { SystemLogLevel: 'WARN' },
    MetricsConfig: { Metrics: ['EventCount', 'KafkaMetrics'] },
  });
});

describe('a schema registry of the pollers', () => {
  const registryOf = (schemaRegistry: Keys) => {
    const properties = propertiesOf({ pollers: {}, schemaRegistry });
    return (properties['AmazonManagedKafkaEventSourceConfig'] as Keys)['SchemaRegistryConfig'];
  };

  test('gives the function JSON', () => {
    expect(registryOf({ uri: 'https://registry.acme.example' })).toEqual({
      SchemaRegistryURI: 'https://registry.acme.example',
      EventRecordFormat: 'JSON',
      SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
    });
  });

  test('may want a login and have a certificate of its own', () => {
    const uri = 'https://registry.acme.example';
    const registry = { uri, auth: 'basic', secretArn: sampleSecretArn, rootCaSecretArn: rootCa };
    expect(registryOf(registry)).toMatchObject({
      AccessConfigs: [
        { Type: 'BASIC_AUTH', URI: sampleSecretArn },
        { Type: 'SERVER_ROOT_CA_CERTIFICATE', URI: rootCa },
      ],
    });
  });

  test('may be that of AWS Glue', () => {
    const uri = 'arn:aws:glue:us-east-1:111122223333:registry/crm';
    expect(registryOf({ uri, validate: ['KEY', 'VALUE'] })).toEqual({
      SchemaRegistryURI: uri,
      EventRecordFormat: 'JSON',
      SchemaValidationConfigs: [{ Attribute: 'KEY' }, { Attribute: 'VALUE' }],
    });
  });
});
