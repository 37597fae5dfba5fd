import { logicalIds } from '../../infra/stack/names.ts';
import type { Stack } from '../../infra/stack/stack.ts';

/** The keys of a function definition, with the property of the template that each becomes. */
const properties: readonly (readonly [key: string, property: string])[] = [
  ['handler', 'Handler'],
  ['name', 'FunctionName'],
  ['memorySize', 'MemorySize'],
  ['timeout', 'Timeout'],
  ['description', 'Description'],
  ['kmsKeyArn', 'KmsKeyArn'],
  ['reservedConcurrency', 'ReservedConcurrentExecutions'],
];

type Definition = Readonly<Record<string, never>>;

/** The keys of `value` begin with capitals, as in templates. */
const capitalized = (value: object) =>
  Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.slice(0, 1).toUpperCase() + key.slice(1),
      inner,
    ]),
  );

function functionResources(name: string, definition: Definition) {
  const { logGroup, function: id } = logicalIds(name);
  const { environment, tags, tracing, vpc, logs, role, logRetentionInDays } = definition;
  const zip = definition['package'] === undefined ? 'msk-salesforce-sink' : name;
  return {
    [logGroup]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: {
        LogGroupName: `/aws/lambda/${definition['name']}`,
        RetentionInDays: logRetentionInDays,
      },
    },
    [id]: {
      Type: 'AWS::Lambda::Function',
      DependsOn: [logGroup, role],
      Properties: {
        Code: { S3Bucket: { Ref: bucket }, S3Key: `${zip}.zip` },
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        ...Object.fromEntries(
          properties.flatMap(([key, property]) =>
            definition[key] === undefined ? [] : [[property, definition[key]]],
          ),
        ),
        Role: { 'Fn::GetAtt': [role, 'Arn'] },
        Environment: { Variables: environment },
        LoggingConfig: capitalized(logs ?? {}),
        Tags: Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
        ...(tracing === undefined ? {} : { TracingConfig: { Mode: tracing } }),
        ...(vpc === undefined ? {} : { VpcConfig: capitalized(vpc) }),
      },
    },
  };
}

/** The rule of each schedule, and what allows it to invoke the function. */
function scheduleResources(name: string, { events = [] as never }: Definition) {
  const prefix = name.slice(0, 1).toUpperCase() + name.slice(1);
  const schedules = (events as { schedule: { rate: string[]; input: unknown } }[]).entries();
  return [...schedules].map(([index, { schedule }]) => {
    const rule = `${prefix}EventsRuleSchedule${index + 1}`;
    const target = { 'Fn::GetAtt': [logicalIds(name).function, 'Arn'] };
    return {
      [rule]: {
        Type: 'AWS::Events::Rule',
        Properties: {
          ScheduleExpression: String(schedule.rate),
          State: 'ENABLED',
          Targets: [{ Arn: target, Id: `${name}Schedule`, Input: JSON.stringify(schedule.input) }],
        },
      },
      [`${prefix}LambdaPermissionEventsRuleSchedule${index + 1}`]: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: target,
          Action: 'lambda:InvokeFunction',
          Principal: 'events.amazonaws.com',
          SourceArn: { 'Fn::GetAtt': [rule, 'Arn'] },
        },
      },
    };
  });
}

const bucket = 'ServerlessDeploymentBucket';
const arnOfBucket = (end: readonly string[]) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: bucket }, ...end]],
});

const bucketResources = {
  [bucket]: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    },
  },
  [`${bucket}Policy`]: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: bucket },
      PolicyDocument: {
        Statement: [
          {
            Action: 's3:*',
            Effect: 'Deny',
            Principal: '*',
            Resource: [arnOfBucket(['/*']), arnOfBucket([])],
            Condition: { Bool: { 'aws:SecureTransport': false } },
          },
        ],
      },
    },
  },
};

/** A template, with the resources that a test looks at. */
export interface Template {
  readonly Resources: Readonly<Record<string, { Type: string; Properties: object }>>;
  readonly Outputs: Readonly<Record<string, unknown>>;
}

/**
 * The template that osls makes of a stack, within milliseconds. `S3Key`, which has the time of the
 * packaging, is the name of the zip. A test compares it with that of osls.
 */
export function frameworkTemplate({ functions, resources }: Stack, stage: string): Template {
  const made: Record<string, { Type: string; Properties: object }> = Object.assign(
    {},
    bucketResources,
    ...Object.entries(functions).flatMap(([name, definition]) => [
      functionResources(name, definition as Definition),
      ...scheduleResources(name, definition as Definition),
    ]),
    resources.Resources,
  );
  for (const [id, { Properties }] of Object.entries(resources.extensions ?? {})) {
    Object.assign(made[id]?.Properties ?? {}, Properties);
  }
  const name = `sls-msk-salesforce-sink-${stage}-${bucket}Name`;
  const ofBucket = { [`${bucket}Name`]: { Value: { Ref: bucket }, Export: { Name: name } } };
  return { Resources: made, Outputs: { ...ofBucket, ...resources.Outputs } };
}
