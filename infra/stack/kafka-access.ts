import { brokerSecret, type MskKafka } from '../sinks-file/kafka.ts';
import { isGlue, type SchemaRegistry } from '../sinks-file/polling.ts';
import type { Sink } from '../sinks-file/sink.ts';
import type { Statement } from './cloudformation.ts';
import { sub } from './cloudformation.ts';
import { kafkaArn } from './names.ts';

/** Lambda's pollers use the function's role: what they may do, for the sink's own topic and group. */
export function kafkaAccess(sink: Sink): Statement[] {
  const { kafka, schemaRegistry } = sink;
  const inVpc = kafka.kind !== 'self-managed' || kafka.subnetIds !== undefined;
  return [
    ...(kafka.kind === 'self-managed' ? [] : findBrokers(kafka)),
    ...(inVpc ? [reachBrokers] : []),
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
 * As wide as in AWS's own policy for this, AWSLambdaMSKExecutionRole: the Describe actions take no
 * resource, and the interfaces are made in subnets that this stack does not know.
 */
const reachBrokers = allow(
  'ReachBrokersInTheirVpc',
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

/** Leave to decrypt with `keys`, for Secrets Manager alone. */
export function decrypt(Sid: string, keys: readonly string[]): Statement {
  const via = { 'kms:ViaService': sub(`secretsmanager.\${AWS::Region}.\${AWS::URLSuffix}`) };
  return { ...allow(Sid, ['kms:Decrypt'], keys), Condition: { StringEquals: via } };
}

function readGlue({ uri }: SchemaRegistry): Statement[] {
  const schemas = `${uri.replace(':registry/', ':schema/')}/*`;
  return [
    allow('ReadRegistry', ['glue:GetRegistry'], uri),
    allow('ReadSchemas', ['glue:GetSchemaVersion'], [uri, schemas]),
  ];
}

/** Where Lambda sends what it gives up on. */
function sendFailures({ onFailure, kafka }: Sink): Statement[] {
  if (onFailure === undefined) return [];
  if (onFailure.startsWith('kafka://')) {
    if (kafka.kind === 'self-managed' || kafka.auth !== 'iam') return [];
    const topic = kafkaArn(kafka, 'topic', onFailure.slice('kafka://'.length));
    const actions = ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'];
    return [allow('SendFailures', actions, topic)];
  }
  const service = onFailure.split(':')[2];
  if (service === 'sqs') return [allow('SendFailures', ['sqs:SendMessage'], onFailure)];
  if (service === 'sns') return [allow('SendFailures', ['sns:Publish'], onFailure)];
  return [
    allow('SendFailures', ['s3:PutObject'], `${onFailure}/*`),
    allow('FindFailuresBucket', ['s3:ListBucket'], onFailure),
  ].map((statement) => ({ ...statement, Condition: inOwnAccount }));
}

/** A bucket's name may be somebody else's tomorrow. */
const inOwnAccount = { StringEquals: { 's3:ResourceAccount': sub(`\${AWS::AccountId}`) } };
