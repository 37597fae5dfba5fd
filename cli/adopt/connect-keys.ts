import { noUse, secondsWithin, silent, type Translate } from './translation.ts';

const withoutEffect = noUse('has no effect on that sink, and none here');

const flushInterval: Translate = (value) => ({
  sink: { batchingWindow: secondsWithin(value, [0, 300]) },
  warning:
    "is a worker's setting, without effect in a connector; see that batchingWindow is what you want",
});

const flushTimeout: Translate = (value) => ({
  sink: { timeout: secondsWithin(value, [60, 840]) },
  warning:
    'bounds a whole flush here, with the wait for its job; leave timeout out for all of 840 s',
});

const tasks: Translate = (value) =>
  Number(value) <= 1
    ? {}
    : {
        warning: `of ${value} has no counterpart: Lambda scales by itself, up to one poller for each partition; pollers: { min, max } sets bounds`,
      };

const tolerance: Translate = (value) => ({
  settings: { ERRORS_TOLERANCE: value },
  warning:
    value === 'none'
      ? 'of none stops the partition at a record that can never be written, where that sink lost it; all sends it to the errant queue'
      : 'covers rows that Salesforce rejects here; that sink took them for written',
});

const deadLetters: Translate = (value) => ({
  warning: `${value} is not written: errant records go to the sink's own SQS queue`,
});

const transforms: Translate = (value) => ({
  warning: `${value} do not run here: map names with settings.FIELD_MAP, anything else before the topic`,
});

const registry: Translate = (value) => ({ settings: { SCHEMA_REGISTRY_URL: value } });

/** Converters by the end of their class. */
const converter: Translate = (value, config) => {
  if (value.endsWith('AvroConverter')) return { settings: { VALUE_FORMAT: 'avro' } };
  if (value.endsWith('JsonConverter')) {
    // Connect's default for the JSON converter is an envelope with a schema.
    const envelope = config['value.converter.schemas.enable'] !== 'false';
    return { settings: { VALUE_FORMAT: envelope ? 'connect-json' : 'json' } };
  }
  return {
    warning: `${value} has no counterpart: the function reads JSON, Connect's JSON and Avro; the mapping's schemaRegistry turns Protobuf and JSON Schema into JSON`,
  };
};

const group: Translate = (value) => ({ sink: { consumerGroup: value } });

/** Keys of Kafka Connect itself. */
export const connectKeys: Readonly<Record<string, Translate>> = {
  name: silent,
  'connector.class': silent,
  topics: silent,
  'topics.regex': noUse('has no counterpart: list each topic as a sink'),
  'tasks.max': tasks,
  'task.id': withoutEffect,
  'value.converter': converter,
  'value.converter.schemas.enable': silent,
  'value.converter.schema.registry.url': registry,
  'schema.registry.url': registry,
  'schema.registry.enable': silent,
  'value.converter.schema.registry.enable': silent,
  'header.converter': noUse('is not needed: headers are not read'),
  'offset.flush.interval.ms': flushInterval,
  'offset.flush.timeout.ms': flushTimeout,
  'consumer.override.group.id': group,
  'errors.tolerance': tolerance,
  'errors.deadletterqueue.topic.name': deadLetters,
  'errors.log.enable': silent,
  'errors.log.include.messages': noUse('has no counterpart: a record is never logged'),
  'errors.retry.timeout': noUse(
    'has no counterpart: Lambda sends a failed batch again until it is written',
  ),
  'errors.retry.delay.max.ms': noUse('has no counterpart: Lambda decides when to send again'),
  'kafka.retry.backoff.ms': withoutEffect,
  'data.compression.type': withoutEffect,
  transforms,
  predicates: transforms,
  'config.action.reload': silent,
};

/** Families of keys, by how they begin. */
export const connectFamilies: readonly (readonly [prefix: string, Translate])[] = [
  ['key.converter', noUse('is not needed: keys are not read')],
  [
    'value.converter.',
    noUse('has no counterpart; a registry that wants a login belongs under schemaRegistry'),
  ],
  ['transforms.', silent],
  ['predicates.', silent],
  [
    'errors.deadletterqueue.',
    noUse('has no counterpart: the errant queue carries its context itself'),
  ],
  [
    'consumer.override.',
    noUse('has no counterpart: Lambda reads the topic, with its own consumer'),
  ],
];
