import { brokerSecret, type MskKafka } from '../sinks-file/kafka.ts';
import { isGlue, type SchemaRegistry } from '../sinks-file/polling.ts';
import type { Sink, Stage } from '../sinks-file/sink.ts';
import type { Statement } from './cloudformation.ts';
import { sub, viaService } from './cloudformation.ts';
import { kafkaArn } from './names.ts';

/**
 * The permissions of Lambda's pollers, which use the role of the function, for the topic and group
 * of the sink.
 */
export function kafkaAccess(sink: Sink, { vpc }: Stage): Statement[] {
  const { kafka, schemaRegistry } = sink;
  const isPollerInVpc = kafka.kind !== 'self-managed' || kafka.subnetIds !== undefined;
  return [
    ...(kafka.kind === 'self-managed' ? [] : findBrokers(kafka)),
    ...(isPollerInVpc || vpc !== undefined ? [useVpc] : []),
    ...(kafka.kind !== 'self-managed' && kafka.auth === 'iam' ? readTopic(sink, kafka) : []),
    ...readSecrets(sink),
    ...(schemaRegistry !== undefined && isGlue(schemaRegistry) ? readGlue(schemaRegistry) : []),
    ...sendFailures(sink),
  ];
}

/** One statement that allows `Action` on `Resource`. */
export function allow(Sid: string, Action: string[], Resource: unknown): Statement {
  return { Sid, Effect: 'Allow', Action, Resource };
}

function findBrokers(kafka: MskKafka): Statement[] {
  const actions = ['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'];
  const scram = kafka.auth === 'scram-512' ? ['kafka:ListScramSecrets'] : [];
  return [allow('FindBrokers', [...actions, ...scram], kafka.clusterArn)];
}

/**
 * For the pollers, in the VPC of the brokers, and for the function, in that of the stage. As wide as
 * AWS's own policy AWSLambdaMSKExecutionRole: the Describe actions take no resource, and the subnets
 * of the interfaces are not known here.
 */
export const useVpc = allow(
  'UseVpc',
  [
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcs',
  ],
  '*',
);

function readTopic({ topic, consumerGroup }: Sink, kafka: MskKafka): Statement[] {
  return [
    allow(
      'ConnectToCluster',
      ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'],
      kafka.clusterArn,
    ),
    allow(
      'ReadTopic',
      ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
      kafkaArn(kafka, 'topic', topic),
    ),
    allow(
      'JoinGroup',
      ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
      kafkaArn(kafka, 'group', consumerGroup),
    ),
  ];
}

function readSecrets({ kafka, schemaRegistry }: Sink): Statement[] {
  const broker = brokerSecret(kafka);
  const rootCa = kafka.kind === 'self-managed' ? kafka.rootCaSecretArn : undefined;
  const { secretArn, rootCaSecretArn, secretKeyArn } = schemaRegistry ?? {};
  const secrets = [broker?.arn, rootCa, secretArn, rootCaSecretArn].filter(
    (arn) => arn !== undefined,
  );
  const keys = [broker?.keyArn ?? undefined, secretKeyArn].filter((arn) => arn !== undefined);
  return [
    ...(secrets.length > 0
      ? [allow('ReadKafkaSecrets', ['secretsmanager:GetSecretValue'], [...new Set(secrets)])]
      : []),
    ...(keys.length > 0 ? [decrypt('DecryptKafkaSecrets', [...new Set(keys)])] : []),
  ];
}

/** Allows Secrets Manager to decrypt with `keys`. */
export function decrypt(Sid: string, keys: readonly string[]): Statement {
  const via = { 'kms:ViaService': viaService('secretsmanager') };
  return { ...allow(Sid, ['kms:Decrypt'], keys), Condition: { StringEquals: via } };
}

function readGlue({ uri }: SchemaRegistry): Statement[] {
  const schemas = `${uri.replace(':registry/', ':schema/')}/*`;
  return [
    allow('ReadRegistry', ['glue:GetRegistry'], uri),
    allow('ReadSchemas', ['glue:GetSchemaVersion'], [uri, schemas]),
  ];
}

/** The destination of failed batches, and its key. */
function sendFailures({ onFailure, onFailureKeyArn, kafka }: Sink): Statement[] {
  if (onFailure === undefined) return [];
  if (onFailure.startsWith('kafka://')) {
    if (kafka.kind === 'self-managed' || kafka.auth !== 'iam') return [];
    const topic = kafkaArn(kafka, 'topic', onFailure.slice('kafka://'.length));
    const actions = ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'];
    return [allow('SendFailures', actions, topic)];
  }
  const service = onFailure.split(':')[2] ?? '';
  const key = onFailureKeyArn === undefined ? [] : [encryptFailures(service, onFailureKeyArn)];
  if (service === 'sqs') return [allow('SendFailures', ['sqs:SendMessage'], onFailure), ...key];
  if (service === 'sns') return [allow('SendFailures', ['sns:Publish'], onFailure), ...key];
  const bucket = [
    allow('SendFailures', ['s3:PutObject'], `${onFailure}/*`),
    allow('FindFailuresBucket', ['s3:ListBucket'], onFailure),
  ].map((statement) => ({ ...statement, Condition: inOwnAccount }));
  return [...bucket, ...key];
}

/**
 * Without these a batch that Lambda gives up on reaches nobody. Source: AWS Lambda developer guide,
 * "Capturing discarded batches for Amazon MSK and self-managed Apache Kafka event sources".
 */
function encryptFailures(service: string, keyArn: string): Statement {
  const actions = [...(service === 's3' ? [] : ['kms:Decrypt']), 'kms:GenerateDataKey'];
  const via = { 'kms:ViaService': viaService(service) };
  return { ...allow('EncryptFailures', actions, keyArn), Condition: { StringEquals: via } };
}

/** A bucket name can be taken over by another account. */
const inOwnAccount = { StringEquals: { 's3:ResourceAccount': sub(`\${AWS::AccountId}`) } };
