import { connectFamilies, connectKeys } from './connect-keys.ts';
import type { Connector } from './connector.ts';
import { registryLoginKey } from './registry-keys.ts';
import { salesforceKeys } from './salesforce-keys.ts';
import type { SinkEntry, Translate, Translation } from './translation.ts';

/** The result of an adoption. */
export interface Adoption {
  /** Sinks by name: one for each topic. */
  readonly sinks: Readonly<Record<string, SinkEntry>>;
  /** One sentence for each key without an equivalent or with another meaning; without secrets. */
  readonly warnings: readonly string[];
  /** Whether the JSON has the credentials, or references to them. */
  readonly credentials: 'given' | 'referred to' | 'missing';
  /** The key with the login of a Schema Registry; null: the connector has none. */
  readonly registryLogin: string | null;
}

const translations: Readonly<Record<string, Translate>> = { ...connectKeys, ...salesforceKeys };

/** Translates a connector of Aiven's Salesforce sink into sinks of this project. */
export function adopt({ name, config }: Connector): Adoption {
  const translated = Object.entries(config).map(
    ([key, value]) => [key, translate(key, value, config)] as const,
  );
  const parts = translated.map(([, translation]) => translation);
  const common: SinkEntry = {
    object: undefined,
    ...Object.assign({}, ...parts.map(({ sink }) => sink)),
    // The sink continues where the connector stopped; a new group would write the topic again.
    consumerGroup: config['consumer.override.group.id'] ?? `connect-${name}`,
  };
  const settings = {
    ...withTolerance(config),
    ...Object.assign({}, ...parts.map((one) => one.settings)),
  };
  const topics = (config['topics'] ?? '')
    .split(',')
    .map((topic) => topic.trim())
    .filter(Boolean);
  return {
    sinks: sinksOf(topics, name, { ...common, settings }),
    warnings: [
      ...translated.flatMap(([key, { warning }]) => (warning ? [`${key} ${warning}`] : [])),
      ...missing(config),
      ...(topics.length > 1 ? [manyTopics] : []),
    ],
    credentials: credentialsOf(config),
    registryLogin: registryLoginKey(config),
  };
}

function translate(key: string, value: string, config: Connector['config']): Translation {
  const known = Object.hasOwn(translations, key) ? translations[key] : undefined;
  const family = connectFamilies.find(([prefix]) => key.startsWith(prefix))?.[1];
  const one = known ?? family;
  // The value may be a secret.
  return one?.(value, config) ?? { warning: 'is unknown and has no equivalent' };
}

/** The default of Kafka Connect is none, that of a sink is all. */
function withTolerance(config: Connector['config']) {
  return config['errors.tolerance'] === undefined ? { ERRORS_TOLERANCE: 'none' } : {};
}

const manyTopics =
  'topics: each topic becomes a sink with its own consumer group; the first keeps the group of the connector; set startingPosition of the others to the time at which you stop it';

function missing(config: Connector['config']): string[] {
  return Object.entries(whereMissing).flatMap(([key, says]) =>
    config[key] === undefined ? [`${key} ${says}`] : [],
  );
}

const whereMissing = {
  topics: 'is missing; fill in the topic',
  'salesforce.bulk.api.sink.object': 'is missing; fill in the object',
  'salesforce.uri': 'is missing; fill in the My Domain URL',
  'errors.tolerance':
    'is none by default: a record that can never be written stops its partition; remove ERRORS_TOLERANCE to send it to the errant queue',
};

function sinksOf(topics: readonly string[], name: string, entry: SinkEntry) {
  const { consumerGroup, ...others } = entry;
  const named =
    topics.length === 0
      ? [[sinkName(name), 'PLACEHOLDER'] as const]
      : topics.map((topic) => [sinkName(topics.length === 1 ? name : topic), topic] as const);
  return Object.fromEntries(
    named.map(([sink, topic], index) => [
      sink,
      { topic, ...others, ...(index === 0 ? { consumerGroup } : {}) },
    ]),
  );
}

/** A valid sink name: lower-case letters, digits and hyphens. */
function sinkName(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');
  return plain === '' ? 'sink' : plain;
}

function credentialsOf(config: Connector['config']): Adoption['credentials'] {
  const parts = [config['salesforce.client.id'], config['salesforce.client.secret']];
  if (parts.some((part) => part === undefined || part === '')) return 'missing';
  const login = config[registryLoginKey(config) ?? ''];
  // References to a config provider of Kafka Connect: ${provider:path:key}.
  return [...parts, login].some((part) => part?.includes('${')) ? 'referred to' : 'given';
}
