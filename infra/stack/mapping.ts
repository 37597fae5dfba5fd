import { filterPattern } from '../sinks-file/filter.ts';
import type { Kafka, SelfManagedKafka } from '../sinks-file/kafka.ts';
import { isGlue, type SchemaRegistry } from '../sinks-file/polling.ts';
import type { Sink } from '../sinks-file/sink.ts';
import { attribute, given, type Resource } from './cloudformation.ts';
import { logicalIds } from './names.ts';

/**
 * The event source mapping of a sink. It is a plain resource: the `msk` and `kafka` events of osls
 * support half of its settings, and name it after the topic (docs/DESIGN.md).
 */
export function mapping(sink: Sink): Resource {
  const { pollers, onFailure } = sink;
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: given({
      FunctionName: attribute(logicalIds(sink.name).function, 'Arn'),
      Enabled: sink.enabled,
      Topics: [sink.topic],
      ...source(sink),
      ...position(sink.startingPosition),
      BatchSize: sink.batchSize,
      MaximumBatchingWindowInSeconds: sink.batchingWindow,
      ProvisionedPollerConfig:
        pollers &&
        given({
          MinimumPollers: pollers.min,
          MaximumPollers: pollers.max,
          PollerGroupName: pollers.group,
        }),
      FilterCriteria: sink.filter && {
        Filters: sink.filter.map((pattern) => ({ Pattern: filterPattern(pattern) })),
      },
      MaximumRetryAttempts: sink.retries,
      MaximumRecordAgeInSeconds: sink.recordAge,
      BisectBatchOnFunctionError: sink.bisect,
      DestinationConfig: onFailure && { OnFailure: { Destination: onFailure } },
      LoggingConfig: sink.pollerLogs && { SystemLogLevel: sink.pollerLogs },
      MetricsConfig: sink.pollerMetrics && { Metrics: sink.pollerMetrics },
    }),
  };
}

function source({ kafka, consumerGroup, schemaRegistry }: Sink) {
  const config = given({
    ConsumerGroupId: consumerGroup,
    SchemaRegistryConfig: schemaRegistry && registry(schemaRegistry),
  });
  const access = accessConfigurations(kafka);
  const SourceAccessConfigurations = access.length > 0 ? access : undefined;
  if (kafka.kind !== 'self-managed') {
    return {
      EventSourceArn: kafka.clusterArn,
      SourceAccessConfigurations,
      AmazonManagedKafkaEventSourceConfig: config,
    };
  }
  return {
    SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: kafka.bootstrapServers } },
    SourceAccessConfigurations,
    SelfManagedKafkaEventSourceConfig: config,
  };
}

/** Lambda's names of the authentication types (SourceAccessConfiguration). */
const authTypes: Readonly<Record<string, string>> = {
  plain: 'BASIC_AUTH',
  basic: 'BASIC_AUTH',
  'scram-256': 'SASL_SCRAM_256_AUTH',
  'scram-512': 'SASL_SCRAM_512_AUTH',
  mtls: 'CLIENT_CERTIFICATE_TLS_AUTH',
};

interface Access {
  readonly Type: string;
  readonly URI: string;
}

function accessConfigurations(kafka: Kafka): Access[] {
  if (kafka.kind === 'msk-serverless') return [];
  const login = secrets(kafka);
  return kafka.kind === 'msk' ? login : [...login, ...network(kafka)];
}

function secrets(from: { auth: string; secretArn?: string; rootCaSecretArn?: string }): Access[] {
  const { auth, secretArn, rootCaSecretArn } = from;
  const Type = authTypes[auth];
  return [
    ...(Type !== undefined && secretArn !== undefined ? [{ Type, URI: secretArn }] : []),
    ...(rootCaSecretArn !== undefined
      ? [{ Type: 'SERVER_ROOT_CA_CERTIFICATE', URI: rootCaSecretArn }]
      : []),
  ];
}

function network({ subnetIds = [], securityGroupIds = [] }: SelfManagedKafka): Access[] {
  return [
    ...subnetIds.map((id) => ({ Type: 'VPC_SUBNET', URI: `subnet:${id}` })),
    ...securityGroupIds.map((id) => ({ Type: 'VPC_SECURITY_GROUP', URI: `security_group:${id}` })),
  ];
}

/**
 * The function reads JSON and the wire formats with their prefix; SOURCE would give a value without
 * the prefix.
 */
function registry(from: SchemaRegistry) {
  const access = isGlue(from) ? [] : secrets(from);
  return given({
    SchemaRegistryURI: from.uri,
    EventRecordFormat: 'JSON',
    SchemaValidationConfigs: from.validate.map((Attribute) => ({ Attribute })),
    AccessConfigs: access.length > 0 ? access : undefined,
  });
}

function position(from: string) {
  if (from === 'TRIM_HORIZON' || from === 'LATEST') return { StartingPosition: from };
  return { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: Date.parse(from) / 1000 };
}
