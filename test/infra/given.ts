import { stringify } from 'yaml';
import { limitIssues } from '../../infra/limits/check.ts';
import type { Stage } from '../../infra/sinks-file/sink.ts';
import { type Reading, readSinksFile } from '../../infra/sinks-file/sinks-file.ts';

/** Where the sinks of a test are deployed. */
export const place = { service: 'msk-salesforce-sink', stage: 'test', release: '1.2.3' };

export const sampleClusterArn = 'arn:aws:kafka:us-east-1:111122223333:cluster/crm/0a1b-2c3d-4';
export const sampleSecretArn =
  'arn:aws:secretsmanager:us-east-1:111122223333:secret:kafka/user-A1b2C3';
export const mskSecret =
  'arn:aws:secretsmanager:us-east-1:111122223333:secret:AmazonMSK_user-A1b2C3';
export const rootCa = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:kafka/ca-D4e5F6';
export const sampleKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d';

/** Keys of a sinks file, as YAML has them. */
export type Keys = Record<string, unknown>;

/** A sinks file as a person writes it: an object that occurs twice is written twice. */
export const yamlOf = (content: Keys): string =>
  stringify(content, { aliasDuplicateObjects: false });

/** A sinks file with one sink, `contacts`, that has all it needs; `keys` are added or replaced. */
export function fileWith(keys: Keys, others: Keys = {}): string {
  const contacts = {
    topic: 'contacts',
    object: 'Contact',
    salesforceUri: 'https://acme.my.salesforce.com',
    kafka: { kind: 'msk', clusterArn: sampleClusterArn },
    ...keys,
  };
  return stringify({ ...others, sinks: { contacts } });
}

/** Reads a sinks file as a stage of this service. */
export function read(source: string, stage = place.stage): Reading {
  return readSinksFile(source, { ...place, stage }, limitIssues);
}

/** The stage of {@link fileWith}; fails where it has problems. */
export function stageWith(keys: Keys, others: Keys = {}): Stage {
  const { stage, problems } = read(fileWith(keys, others));
  if (stage === null) throw new Error(problems.join('\n'));
  return stage;
}

/** Brokers of one's own, outside any VPC. */
export const selfManaged = {
  kind: 'self-managed',
  bootstrapServers: ['b1.acme.example:9096', 'b2.acme.example:9096'],
};

export const network = {
  subnetIds: ['subnet-0a1b2c3d', 'subnet-0a2b2c3d'],
  securityGroupIds: ['sg-0b1b2c3d'],
};

/** Every key of a file beside its sinks, which all of its functions get. */
export const everythingOf: Keys = {
  alarmTopicArn: 'arn:aws:sns:us-east-1:111122223333:on-call',
  kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666',
  permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary',
  tags: { team: 'crm', cost: 17 },
  vpc: { subnetIds: ['subnet-0a1b2c3d'], securityGroupIds: ['sg-0a1b2c3d'] },
};

/** A file of `count` sinks alike, each with the keys that `keys` gives it. */
export function fileOf(count: number, keys: (n: number) => Keys = () => ({})): string {
  const shared = {
    object: 'Contact',
    salesforceUri: 'https://acme.my.salesforce.com',
    kafka: { kind: 'msk', clusterArn: sampleClusterArn },
  };
  const sinks = Array.from({ length: count }, (_, n) => [
    `sink-${n}`,
    { topic: `topic-${n}`, ...keys(n) },
  ]);
  return yamlOf({ shared, sinks: Object.fromEntries(sinks) });
}
