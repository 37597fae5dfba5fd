import { z } from 'zod';
import { kafka } from './kafka.ts';
import { polling } from './polling.ts';
import {
  arn,
  keyArn,
  securityGroupIds,
  subnetIds,
  text,
  topicName,
  whole,
  yesOrNo,
} from './value.ts';

const consumerGroup = text(
  /^[\w\-/*:+=.@]{1,200}$/,
  'at most 200 letters, digits and characters of - _ / * : + = . @',
);

const position = 'TRIM_HORIZON, LATEST or a time such as 2026-11-01T00:00:00Z';

const startingPosition = text(
  /^(TRIM_HORIZON|LATEST|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/,
  position,
).refine((from) => !/^\d/.test(from) || Number.isFinite(Date.parse(from)), `takes ${position}`);

/** The values of the function's settings in YAML; maps become JSON. */
const settings = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.unknown())], {
    error: 'takes text, a number, true, false or a map',
  }),
  { error: 'takes a map from environment variables to values' },
);

/** Lambda takes no other names. Source: AWS Lambda API reference, "Environment", "Variables". */
const variableName = /^[a-zA-Z][a-zA-Z0-9_]+$/;

/** Environment variables that are no settings: for the runtime, the SDK or an extension. */
const variables = z.record(
  z.string().regex(variableName, 'is no name of a variable: letters, digits and _, at least two'),
  z.union([z.string(), z.number(), z.boolean()], { error: 'takes text, a number, true or false' }),
  { error: 'takes a map from environment variables to values' },
);

const secret = text(
  /^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-\w{6}|[\w/+=.@-]{1,512})$/,
  'the name of a secret, or its whole ARN',
);

/** Keys that sinks can share. Object, URI and the like are checked by the rules of the function. */
const common = {
  salesforceUri: z.string({ error: 'takes the My Domain URL of the org' }).exactOptional(),
  salesforceSecret: secret.exactOptional(),
  salesforceSecretKeyArn: keyArn.exactOptional(),
  kafka: kafka.exactOptional(),
  object: z.string({ error: 'takes the API name of an object' }).exactOptional(),
  operation: z.string({ error: 'takes an operation such as insert' }).exactOptional(),
  externalIdField: z.string({ error: 'takes the API name of a field' }).exactOptional(),
  batchSize: whole(1, 10_000).exactOptional(),
  batchingWindow: whole(0, 300, ' of seconds').exactOptional(),
  startingPosition: startingPosition.exactOptional(),
  enabled: yesOrNo.exactOptional(),
  memory: whole(256, 10_240, ' of MB').exactOptional(),
  timeout: whole(60, 840, ' of seconds').exactOptional(),
  concurrency: whole(1, 1000).exactOptional(),
  ledger: yesOrNo.exactOptional(),
  glueSchemas: yesOrNo.exactOptional(),
  lagAlarm: whole(1, 1_000_000_000, ' of records').exactOptional(),
  settings: settings.exactOptional(),
  environment: variables.exactOptional(),
  ...polling,
};

const notAMap = { error: 'takes a map of keys and values' };

/** The keys under `shared`. */
export const shared = z.strictObject(common, notAMap);

/** The keys of a sink. */
export const sink = z.strictObject(
  { topic: topicName.exactOptional(), consumerGroup: consumerGroup.exactOptional(), ...common },
  notAMap,
);

/** The name of a sink: part of the names of its function, its queue and its alarms. */
export const sinkName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The network of all functions of a stage; without it they have that of Lambda. */
const vpc = z.strictObject(
  { subnetIds, securityGroupIds },
  { error: 'takes a map with subnetIds and securityGroupIds' },
);

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The tag that the stack gives to its functions. It would take the place of one of the file there. */
export const releaseTag = 'release';

/** Tags of every resource. Source: AWS CloudFormation API reference, "Tag". */
const tags = z.record(
  z
    .string()
    .min(1, 'has no name')
    .max(128, 'has a name of more than 128 characters')
    .regex(tagText, 'has a character that AWS does not take')
    .regex(/^(?!aws:)/i, 'begins with aws:, which is reserved')
    .refine(
      (name) => name !== releaseTag,
      'is set by the stack on its functions: the release that runs; choose another name',
    ),
  z
    .union([z.string(), z.number(), z.boolean()], { error: 'takes text' })
    .transform(String)
    .refine(
      (text) => text.length >= 1 && text.length <= 256 && tagText.test(text),
      'takes 1 to 256 letters, digits, blanks and characters of _ . : / = + - @',
    ),
  { error: 'takes a map from names to values' },
);

/** The top-level keys of a sinks file, except `shared` and `sinks`. */
export const top = z.strictObject(
  {
    region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'the name of an AWS region').default('us-east-1'),
    alarmEmail: text(/^[^\s@]+@[^\s@]+$/, 'an e-mail address').exactOptional(),
    alarmTopicArn: arn('sns', /[\w-]{1,256}/, 'topic').exactOptional(),
    logRetentionDays: z
      .literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653], {
        error: 'takes a number of days that CloudWatch knows, such as 7, 30, 90 or 365',
      })
      .default(30),
    tracing: yesOrNo.default(false),
    vpc: vpc.exactOptional(),
    kmsKeyArn: keyArn.exactOptional(),
    tags: tags.exactOptional(),
    permissionsBoundary: arn('iam', /policy\/[\w+=,.@/-]{1,512}/, 'policy/name').exactOptional(),
  },
  notAMap,
);

/** The keys of a sink before defaults. */
export type SinkKeys = z.output<typeof sink>;
/** Settings of the whole stage. */
export type TopKeys = z.output<typeof top>;
