import { registryKeys } from './registry-keys.ts';
import { translateTransforms } from './transforms.ts';
import { secondsWithin, silent, type Translate, warns } from './translation.ts';

const withoutEffect = warns('has no effect, neither there nor here');

const flushInterval: Translate = (value) => ({
  sink: { batchingWindow: secondsWithin(value, [0, 300]) },
  warning: 'is a setting of the worker, without effect in a connector; check batchingWindow',
});

/** It limits the commit of source offsets. Source: Kafka documentation, "Kafka Connect Configs". */
const flushTimeout = warns('limits no flush of a sink, neither there nor here: a flush has 840 s');

/** Where a group without committed offsets begins. */
const offsetReset: Translate = (value) => {
  const startingPosition = { earliest: 'TRIM_HORIZON', latest: 'LATEST' }[value];
  return startingPosition === undefined
    ? { warning: `${value} has no equivalent; set startingPosition` }
    : { sink: { startingPosition } };
};

const tasks: Translate = (value) =>
  Number(value) <= 1
    ? {}
    : {
        warning: `of ${value} has no equivalent: Lambda scales up to one poller per partition; pollers: { min, max } sets limits`,
      };

const tolerance: Translate = (value) => ({
  settings: { ERRORS_TOLERANCE: value },
  warning:
    value === 'none'
      ? 'of none stops the partition at a record that can never be written, which the connector lost; all sends it to the errant queue'
      : 'also applies to rows that Salesforce rejects, which the connector counted as written',
});

const deadLetters: Translate = (value) => ({
  warning: `${value} is not written: errant records go to the sink's own SQS queue`,
});

/** The package of AWS Glue's converters, for Avro, JSON Schema and Protobuf. */
const glue = 'com.amazonaws.services.schemaregistry.kafkaconnect.';

/** Converters by the end of their class name. */
const converter: Translate = (value, config) => {
  if (value.startsWith(glue)) return { sink: { glueSchemas: true } };
  if (value.endsWith('AvroConverter')) return { settings: { VALUE_FORMAT: 'avro' } };
  if (value.endsWith('ProtobufConverter')) return { settings: { VALUE_FORMAT: 'protobuf' } };
  if (value.endsWith('JsonConverter')) {
    // Connect's default for the JSON converter is an envelope with a schema.
    const envelope = config['value.converter.schemas.enable'] !== 'false';
    return { settings: { VALUE_FORMAT: envelope ? 'connect-json' : 'json' } };
  }
  return {
    warning: `${value} has no equivalent: the function reads JSON, Connect's JSON, Avro and Protobuf; VALUE_FORMAT=auto reads JSON Schema too`,
  };
};

const group: Translate = (value) => ({ sink: { consumerGroup: value } });

/** Keys of Kafka Connect itself. */
export const connectKeys: Readonly<Record<string, Translate>> = {
  name: silent,
  'connector.class': silent,
  topics: silent,
  'topics.regex': warns('has no equivalent: list each topic as a sink'),
  'tasks.max': tasks,
  'task.id': withoutEffect,
  'value.converter': converter,
  'value.converter.schemas.enable': silent,
  ...registryKeys,
  'schema.registry.enable': silent,
  'value.converter.schema.registry.enable': silent,
  'header.converter': warns('is not needed: headers are not used'),
  'offset.flush.interval.ms': flushInterval,
  'offset.flush.timeout.ms': flushTimeout,
  'consumer.override.group.id': group,
  'consumer.override.auto.offset.reset': offsetReset,
  'errors.tolerance': tolerance,
  'errors.deadletterqueue.topic.name': deadLetters,
  'errors.log.enable': silent,
  'errors.log.include.messages': warns('has no equivalent: a record is never logged'),
  'errors.retry.timeout': warns(
    'has no equivalent: Lambda retries a failed batch until it is written',
  ),
  'errors.retry.delay.max.ms': warns('has no equivalent: Lambda decides when to retry'),
  'kafka.retry.backoff.ms': withoutEffect,
  'data.compression.type': withoutEffect,
  transforms: translateTransforms,
  predicates: silent,
  'config.action.reload': silent,
};

/** Groups of keys by prefix. */
export const connectFamilies: readonly (readonly [prefix: string, Translate])[] = [
  ['key.converter', warns('is not needed: only deletes and TRANSFORM read keys, in any format')],
  ['value.converter.', warns('has no equivalent')],
  ['transforms.', silent],
  ['predicates.', silent],
  [
    'errors.deadletterqueue.',
    warns('has no equivalent: the messages of the errant queue include the context'),
  ],
  ['consumer.override.', warns('has no equivalent: Lambda reads the topic with its own consumer')],
];
