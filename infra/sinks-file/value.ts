import { z } from 'zod';
import { limits } from '../limits/limits.ts';

/** Text that matches `pattern`; `takes` completes the sentence "it takes …". */
export function text(pattern: RegExp, takes: string) {
  return z.string({ error: `takes ${takes}` }).regex(pattern, `takes ${takes}`);
}

/** A whole number, both bounds included. */
export function whole(min: number, max: number, unit = '') {
  const error = `takes a whole number${unit} from ${min} to ${max}`;
  return z.int({ error }).min(min, error).max(max, error);
}

/** A whole number, or -1 for no limit. */
export function wholeOrNone(min: number, max: number, unit = '') {
  const error = `takes a whole number${unit} from ${min} to ${max}, or -1 for no limit`;
  return z.int({ error }).refine((n) => n === -1 || (n >= min && n <= max), error);
}

/** One of several values. */
export function oneOf<const T extends string>(...values: readonly T[]) {
  return z.enum(values as [T, ...T[]], { error: `takes ${values.join(', ')}` });
}

/** `true` or `false`. */
export const yesOrNo = z.boolean({ error: 'takes true or false' });

/** A non-empty list. */
export function listOf<T extends z.ZodType>(item: T, takes: string, most = 100) {
  const error = `takes a list of ${takes}`;
  return z
    .array(item, { error })
    .min(1, error)
    .max(most, `takes at most ${most} in the list`)
    .refine((items) => new Set(items).size === items.length, 'has an item twice');
}

/** The ARN of a resource of `service`; `example` follows the account in the message. */
export function arn(service: string, resource: RegExp, example: string) {
  const pattern = new RegExp(
    `^arn:aws[a-z-]*:${service}:[a-z0-9-]*:(\\d{12})?:${resource.source}$`,
  );
  return text(pattern, `the ARN arn:aws:${service}:…:${example}`);
}

/** A secret by its full ARN, which Secrets Manager ends with six random characters. */
export const secretArn = arn(
  'secretsmanager',
  /secret:[\w/+=.@-]{1,512}-\w{6}/,
  'secret:name-123456, with the six characters at its end',
);

/** A customer managed KMS key. */
export const keyArn = arn('kms', /key\/[\w-]{1,64}/, 'key/id');

/**
 * The name of one Kafka topic, of those that a mapping takes: Kafka allows one character, and a point
 * as the first, Lambda does not. Source: AWS CloudFormation template reference,
 * AWS::Lambda::EventSourceMapping, "Topics".
 */
export const topicName = text(
  new RegExp(`^[\\w-][\\w.-]{1,${limits.topicName.most - 1}}$`),
  'the name of one Kafka topic: 2 to 249 letters, digits and characters of . _ -, no point first',
);

/** Subnets of a VPC, by their ids. */
export const subnetIds = listOf(
  text(/^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/, 'subnet-…, with 8 or 17 digits'),
  'subnets, each subnet-…',
  limits.subnets.most,
);

/** Security groups of a VPC, by their ids. */
export const securityGroupIds = listOf(
  text(/^sg-([0-9a-f]{8}|[0-9a-f]{17})$/, 'sg-…, with 8 or 17 digits'),
  'groups, each sg-…',
  limits.securityGroups.most,
);
