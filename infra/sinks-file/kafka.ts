import { z } from 'zod';
import { limits } from '../limits/limits.ts';
import {
  arn,
  keyArn,
  listOf,
  oneOf,
  secretArn,
  securityGroupIds,
  subnetIds,
  text,
} from './value.ts';

const clusterArn = arn('kafka', /cluster\/[\w-]{1,64}\/[\w-]{1,64}/, 'cluster/name/uuid');

/** The secret of the brokers, and its KMS key if it is customer managed. */
const secret = { secretArn: secretArn.exactOptional(), secretKeyArn: keyArn.exactOptional() };

const msk = z.strictObject({
  kind: z.literal('msk'),
  clusterArn,
  /** `none` is for clusters without authentication. */
  auth: oneOf('iam', 'scram-512', 'mtls', 'none').default('iam'),
  ...secret,
});

const mskServerless = z.strictObject({
  kind: z.literal('msk-serverless'),
  clusterArn,
  auth: z.literal('iam', { error: 'takes iam, the only one of MSK Serverless' }).default('iam'),
});

/** A host as Lambda takes it: labels of letters, digits and hyphens. */
const broker = text(
  /^(?=.{1,300}$)([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?:\d{1,5}$/,
  'host:port',
);

const selfManaged = z.strictObject({
  kind: z.literal('self-managed'),
  bootstrapServers: listOf(broker, 'brokers, each host:port', limits.bootstrapServers.most),
  auth: oneOf('plain', 'scram-256', 'scram-512', 'mtls', 'none'),
  ...secret,
  /** For brokers with a certificate of a private authority. */
  rootCaSecretArn: secretArn.exactOptional(),
  subnetIds: subnetIds.exactOptional(),
  securityGroupIds: securityGroupIds.exactOptional(),
});

/** A cluster and its access, validated. */
export const kafka = z.discriminatedUnion('kind', [msk, mskServerless, selfManaged], {
  error: 'takes a block with kind: msk, msk-serverless or self-managed',
});

/** A cluster and the way into it, checked. */
export type Kafka = z.output<typeof kafka>;
/** A cluster of Amazon MSK, identified by its ARN. */
export type MskKafka = Exclude<Kafka, { kind: 'self-managed' }>;
/** A cluster identified by its brokers. */
export type SelfManagedKafka = Extract<Kafka, { kind: 'self-managed' }>;

/** The secret that the pollers log in with; null if they need none. */
export function brokerSecret(kafka: Kafka): { arn: string; keyArn: string | null } | null {
  if (kafka.kind === 'msk-serverless' || kafka.secretArn === undefined) return null;
  return { arn: kafka.secretArn, keyArn: kafka.secretKeyArn ?? null };
}
