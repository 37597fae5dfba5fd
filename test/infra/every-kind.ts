import {
  type Keys,
  mskSecret,
  network,
  rootCa,
  sampleClusterArn,
  sampleKeyArn,
  sampleSecretArn,
  selfManaged,
} from './given.ts';

export const alarmTopic = 'arn:aws:sns:us-east-1:111122223333:on-call';

const login = { secretArn: sampleSecretArn, secretKeyArn: sampleKeyArn };

/** Every kind of cluster with every way to log in that Lambda has for it. */
const clusters: readonly Keys[] = [
  { kind: 'msk', clusterArn: sampleClusterArn },
  { kind: 'msk', clusterArn: sampleClusterArn, auth: 'none' },
  { kind: 'msk', clusterArn: sampleClusterArn, auth: 'mtls', ...login },
  {
    kind: 'msk',
    clusterArn: sampleClusterArn,
    auth: 'scram-512',
    secretArn: mskSecret,
    secretKeyArn: sampleKeyArn,
  },
  { kind: 'msk-serverless', clusterArn: sampleClusterArn },
  { ...selfManaged, ...network, auth: 'none' },
  { ...selfManaged, ...login, auth: 'plain' },
  { ...selfManaged, ...login, auth: 'scram-256', ...network },
  { ...selfManaged, ...login, auth: 'scram-512', rootCaSecretArn: rootCa },
  { ...selfManaged, ...login, auth: 'mtls', rootCaSecretArn: rootCa, ...network },
];

const destinations: readonly Keys[] = [
  { onFailure: 'arn:aws:sqs:us-east-1:111122223333:failures', onFailureKeyArn: sampleKeyArn },
  { onFailure: 'arn:aws:sns:us-east-1:111122223333:failures', onFailureKeyArn: sampleKeyArn },
  { onFailure: 'arn:aws:s3:::acme-failures', onFailureKeyArn: sampleKeyArn },
  { onFailure: 'kafka://failures' },
];

const registries: readonly Keys[] = [
  { uri: 'https://registry.acme.example', auth: 'basic', ...login },
  { uri: 'https://registry.acme.example', auth: 'mtls', ...login, rootCaSecretArn: rootCa },
  { uri: 'arn:aws:glue:us-east-1:111122223333:registry/crm', validate: ['KEY', 'VALUE'] },
];

/** Sinks, by name, of which every one has all that can be turned on, in turns. */
export function everyKind(): Record<string, Keys> {
  const sinks = clusters.map((kafka, index) => [
    `sink-${index}`,
    {
      topic: `topic.${index}`,
      object: 'Contact',
      salesforceUri: 'https://acme.my.salesforce.com',
      salesforceSecretKeyArn: sampleKeyArn,
      kafka,
      startingPosition: '2026-11-01T00:00:00Z',
      concurrency: 5,
      pollers: { min: 1, max: 3, group: 'all' },
      filter: { type: ['contact'], amount: [{ numeric: ['>', 0] }] },
      retries: 5,
      recordAge: 3600,
      bisect: true,
      ...destinations[index % destinations.length],
      schemaRegistry: registries[index % registries.length],
      pollerLogs: 'DEBUG',
      pollerMetrics: ['EventCount', 'ErrorCount', 'KafkaMetrics'],
    },
  ]);
  return Object.fromEntries(sinks);
}
