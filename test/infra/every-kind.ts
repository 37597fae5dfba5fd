import {
  CLUSTER,
  KEY,
  type Keys,
  MSK_SECRET,
  NETWORK,
  ROOT_CA,
  SECRET,
  SELF_MANAGED,
} from './given.ts';

export const ALARM_TOPIC = 'arn:aws:sns:us-east-1:111122223333:on-call';

const LOGIN = { secretArn: SECRET, secretKeyArn: KEY };

/** Every kind of cluster with every way to log in that Lambda has for it. */
const CLUSTERS: readonly Keys[] = [
  { kind: 'msk', clusterArn: CLUSTER },
  { kind: 'msk', clusterArn: CLUSTER, auth: 'none' },
  { kind: 'msk', clusterArn: CLUSTER, auth: 'mtls', ...LOGIN },
  { kind: 'msk', clusterArn: CLUSTER, auth: 'scram-512', secretArn: MSK_SECRET, secretKeyArn: KEY },
  { kind: 'msk-serverless', clusterArn: CLUSTER },
  { ...SELF_MANAGED, ...NETWORK, auth: 'none' },
  { ...SELF_MANAGED, ...LOGIN, auth: 'plain' },
  { ...SELF_MANAGED, ...LOGIN, auth: 'scram-256', ...NETWORK },
  { ...SELF_MANAGED, ...LOGIN, auth: 'scram-512', rootCaSecretArn: ROOT_CA },
  { ...SELF_MANAGED, ...LOGIN, auth: 'mtls', rootCaSecretArn: ROOT_CA, ...NETWORK },
];

const DESTINATIONS = [
  'arn:aws:sqs:us-east-1:111122223333:failures',
  'arn:aws:sns:us-east-1:111122223333:failures',
  'arn:aws:s3:::acme-failures',
  'kafka://failures',
];

const REGISTRIES: readonly Keys[] = [
  { uri: 'https://registry.acme.example', auth: 'basic', ...LOGIN },
  { uri: 'https://registry.acme.example', auth: 'mtls', ...LOGIN, rootCaSecretArn: ROOT_CA },
  { uri: 'arn:aws:glue:us-east-1:111122223333:registry/crm', validate: ['KEY', 'VALUE'] },
];

/** Sinks, by name, of which every one has all that can be turned on, in turns. */
export function everyKind(): Record<string, Keys> {
  const sinks = CLUSTERS.map((kafka, index) => [
    `sink-${index}`,
    {
      topic: `topic.${index}`,
      object: 'Contact',
      salesforceUri: 'https://acme.my.salesforce.com',
      salesforceSecretKeyArn: KEY,
      kafka,
      startingPosition: '2026-11-01T00:00:00Z',
      concurrency: 5,
      pollers: { min: 1, max: 3, group: 'all' },
      retries: 5,
      recordAge: 3600,
      bisect: true,
      onFailure: DESTINATIONS[index % DESTINATIONS.length],
      schemaRegistry: REGISTRIES[index % REGISTRIES.length],
      pollerLogs: 'DEBUG',
      pollerMetrics: ['EventCount', 'ErrorCount', 'KafkaMetrics'],
    },
  ]);
  return Object.fromEntries(sinks);
}
