/** A limit of AWS that a sinks file can reach. */
export interface Limit {
  /** What is limited, as in "a stack has at most 500 resources". */
  readonly of: string;
  readonly most: number;
  readonly unit: string;
  /** The page of AWS that publishes it. */
  readonly source: string;
  /** Keys of a sinks file that reach it. */
  readonly keys: string;
}

const docs = 'https://docs.aws.amazon.com';
const cloudFormation = `${docs}/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html`;
const lambda = `${docs}/lambda/latest/dg/gettingstarted-limits.html`;
const createFunction = `${docs}/lambda/latest/api/API_CreateFunction.html`;
const vpcConfig = `${docs}/lambda/latest/api/API_VpcConfig.html`;
const mapping = `${docs}/lambda/latest/api/API_CreateEventSourceMapping.html`;
const brokers = `${docs}/lambda/latest/api/API_SelfManagedEventSource.html`;
const access = `${docs}/lambda/latest/api/API_SourceAccessConfiguration.html`;
const destination = `${docs}/lambda/latest/api/API_OnFailure.html`;
const filtering = `${docs}/lambda/latest/dg/invocation-eventfiltering.html`;
const pollers = `${docs}/lambda/latest/api/API_ProvisionedPollerConfig.html`;
const iam = `${docs}/IAM/latest/UserGuide/reference_iam-quotas.html`;
const cloudWatch = `${docs}/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html`;
const dashboardBody = `${docs}/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html`;
const queryDefinition = `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html`;
const startQuery = `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html`;
const queueName = `${docs}/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html`;
const topicName = `${docs}/sns/latest/api/API_CreateTopic.html`;
const bucketName = `${docs}/AmazonS3/latest/userguide/bucketnamingrules.html`;

const limit = (
  [of, most, unit]: readonly [string, number, string],
  keys: string,
  source: string,
): Limit => ({ of, most, unit, keys, source });

/** The limits that `npm run package` checks. docs/CONFIGURATION.md has the same table. */
export const limits = {
  stackResources: limit(['a stack', 500, 'resources'], '`sinks`', cloudFormation),
  templateBytes: limit(['a template', 1_000_000, 'bytes'], '`sinks`, `filter`', cloudFormation),
  outputs: limit(['a stack', 200, 'outputs'], '`sinks`', cloudFormation),
  stackTags: limit(['a stack', 50, 'tags'], '`tags`', cloudFormation),
  functionName: limit(['the name of a function', 64, 'characters'], 'stage, sink', createFunction),
  environment: limit(
    ['the environment of a function', 4096, 'bytes'],
    '`settings`, `environment`',
    lambda,
  ),
  subnets: limit(['the network of a function', 16, 'subnets'], '`vpc`', vpcConfig),
  securityGroups: limit(['the network of a function', 5, 'security groups'], '`vpc`', vpcConfig),
  rolePolicies: limit(
    ['the inline policies of a role', 10_240, 'characters'],
    'ARNs and names',
    iam,
  ),
  managedPolicy: limit(['a managed policy', 6144, 'characters'], 'ARNs and names', iam),
  managedPolicies: limit(['a role', 10, 'managed policies'], '`sinks`', iam),
  topicName: limit(['the name of a topic', 249, 'characters'], '`topic`', mapping),
  bootstrapServers: limit(['a mapping', 10, 'bootstrap servers'], '`bootstrapServers`', brokers),
  bootstrapServer: limit(['a bootstrap server', 300, 'characters'], '`bootstrapServers`', brokers),
  accessConfigurations: limit(
    ['a mapping', 22, 'secrets, subnets and security groups'],
    '`kafka`',
    mapping,
  ),
  brokerSecret: limit(
    ['the ARN of a secret of brokers', 200, 'characters'],
    '`kafka.secretArn`, `kafka.rootCaSecretArn`',
    access,
  ),
  consumerGroup: limit(
    ['the name of a consumer group', 200, 'characters'],
    '`consumerGroup`',
    mapping,
  ),
  destination: limit(['a destination', 1024, 'characters'], '`onFailure`', destination),
  patterns: limit(['a mapping', 5, 'filter patterns'], '`filter`', filtering),
  pattern: limit(['a filter pattern', 4096, 'characters'], '`filter`', filtering),
  pollerGroup: limit(['the name of a poller group', 128, 'characters'], '`pollers.group`', pollers),
  queueName: limit(['the name of a queue', 80, 'characters'], '`onFailure`', queueName),
  snsTopicName: limit(
    ['the name of an SNS topic', 256, 'characters'],
    '`onFailure`, `alarmTopicArn`',
    topicName,
  ),
  bucketName: limit(['the name of a bucket', 63, 'characters'], '`onFailure`', bucketName),
  widgets: limit(['a dashboard', 500, 'widgets'], '`sinks`', cloudWatch),
  dashboardMetrics: limit(['a dashboard', 2500, 'metrics'], '`sinks`', cloudWatch),
  widgetMetrics: limit(['a widget', 500, 'metrics'], '`sinks`', cloudWatch),
  widgetAlarms: limit(['a widget', 100, 'alarms'], '`sinks`', dashboardBody),
  queryLogGroups: limit(['a query', 50, 'log groups'], '`sinks`', startQuery),
  queryName: limit(['the name of a saved query', 255, 'characters'], 'stage', queryDefinition),
} as const satisfies Readonly<Record<string, Limit>>;

/** A limit as a sentence: "a stack has at most 500 resources". */
export function sentenceOf({ of, most, unit }: Limit): string {
  return `${of} has at most ${most.toLocaleString('en-US')} ${unit}`;
}
