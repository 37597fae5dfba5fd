import { connectFamilies, connectKeys } from './connect-keys.ts';
import type { Connector } from './connector.ts';
import { salesforceKeys } from './salesforce-keys.ts';
import type { SinkEntry, Translate, Translation } from './translation.ts';

/** What a connector becomes. */
export interface Adoption {
  /** Sinks by name: one for each topic. */
  readonly sinks: Readonly<Record<string, SinkEntry>>;
  /** One sentence for each key without a counterpart or with another meaning; no secret in it. */
  readonly warnings: readonly string[];
  /** Whether the connector's JSON holds the credentials themselves, not a reference to them. */
  readonly credentials: 'given' | 'referred to' | 'missing';
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
    // Where the connector stopped, the sink goes on; a new group would write the topic once more.
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
  };
}

function translate(key: string, value: string, config: Connector['config']): Translation {
  const known = Object.hasOwn(translations, key) ? translations[key] : undefined;
  const family = connectFamilies.find(([prefix]) => key.startsWith(prefix))?.[1];
  const one = known ?? family;
  // Its value may be anything, a secret too, so it is not shown.
  return one?.(value, config) ?? { warning: 'is not known; nothing here stands for it' };
}

/** Connect tolerates nothing unless it is told to, and the sinks here tolerate all. */
function withTolerance(config: Connector['config']) {
  return config['errors.tolerance'] === undefined ? { ERRORS_TOLERANCE: 'none' } : {};
}

const manyTopics =
  'topics: each topic is a sink of its own here, and each needs its own consumer group: the first keeps that of the connector; set startingPosition of the others to the time at which you stop it';

function missing(config: Connector['config']): string[] {
  return Object.entries(whereMissing).flatMap(([key, says]) =>
    config[key] === undefined ? [`${key} ${says}`] : [],
  );
}

const whereMissing = {
  topics: 'is missing; put the topic in',
  'salesforce.bulk.api.sink.object': 'is missing; put the object in',
  'salesforce.uri': 'is missing; put the My Domain URL in',
  'errors.tolerance':
    'is none where it is not given: a record that can never be written stops its partition; leave ERRORS_TOLERANCE out, and it goes to the errant queue',
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

/** Lower-case letters, digits and hyphens, as a sink's name has to be. */
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
  // Connect's way to keep a value elsewhere: ${provider:path:key}.
  return parts.some((part) => part?.startsWith('${')) ? 'referred to' : 'given';
}
