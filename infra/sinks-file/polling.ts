import { z } from 'zod';
import { filter } from './filter.ts';
import { keyArn, listOf, oneOf, secretArn, text, whole, wholeOrNone, yesOrNo } from './value.ts';

const registryUri = text(
  /^(https:\/\/[\w/*:+=.@-]{1,1000}|arn:aws[a-z-]*:glue:[a-z0-9-]+:\d{12}:registry\/[\w.$#-]{1,255})$/,
  'the https URL of a Confluent-compatible registry, or the ARN of a Glue registry',
);

/** How Lambda's pollers decode a value before the function gets it as JSON. */
const schemaRegistry = z.strictObject({
  uri: registryUri,
  validate: listOf(oneOf('KEY', 'VALUE'), 'KEY, VALUE').default(['VALUE']),
  auth: oneOf('none', 'basic', 'mtls').default('none'),
  secretArn: secretArn.exactOptional(),
  secretKeyArn: keyArn.exactOptional(),
  rootCaSecretArn: secretArn.exactOptional(),
});

/**
 * Standard queues and topics only; a destination has at least 12 characters, so a topic of Kafka four.
 * Source: AWS CloudFormation template reference, AWS::Lambda::EventSourceMapping, "OnFailure".
 */
const destinations = [
  /arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}/,
  /arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}/,
  /arn:aws[a-z-]*:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/,
  /kafka:\/\/[\w-][\w.-]{3,248}/,
];

const onFailure = text(
  new RegExp(`^(${destinations.map(({ source }) => source).join('|')})$`),
  'the ARN of a standard SQS queue, a standard SNS topic or an S3 bucket, or kafka://topic, whose name has at least four characters',
);

/**
 * The settings of an event source mapping except its batches. Names and ranges are those of
 * Lambda's CreateEventSourceMapping.
 */
export const polling = {
  /** Absent: Lambda's default scaling. Present: provisioned mode, billed by the hour. */
  pollers: z
    .strictObject({
      min: whole(1, 200).default(1),
      max: whole(1, 2000).default(200),
      group: text(/^[\w-]{1,128}$/, 'at most 128 letters, digits, - and _').exactOptional(),
    })
    .exactOptional(),
  filter: filter.exactOptional(),
  retries: wholeOrNone(0, 10_000).exactOptional(),
  recordAge: wholeOrNone(60, 604_800, ' of seconds').exactOptional(),
  bisect: yesOrNo.exactOptional(),
  onFailure: onFailure.exactOptional(),
  onFailureKeyArn: keyArn.exactOptional(),
  schemaRegistry: schemaRegistry.exactOptional(),
  pollerLogs: oneOf('DEBUG', 'INFO', 'WARN').exactOptional(),
  pollerMetrics: listOf(
    oneOf('EventCount', 'ErrorCount', 'KafkaMetrics'),
    'EventCount, ErrorCount, KafkaMetrics',
  ).exactOptional(),
};

/** The schema registry of the pollers, validated. */
export type SchemaRegistry = z.output<typeof schemaRegistry>;

/** Settings that require provisioned mode. */
export const needPollers = [
  'retries',
  'recordAge',
  'bisect',
  'schemaRegistry',
  'pollerLogs',
  'pollerMetrics',
] as const;

/** Whether it is a registry of AWS Glue, identified by an ARN and protected by IAM. */
export function isGlue({ uri }: SchemaRegistry): boolean {
  return uri.startsWith('arn:');
}
