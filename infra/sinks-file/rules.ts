import { limits, sentenceOf } from '../limits/limits.ts';
import { type Fault, fault, type Rule, secretFits } from './fault.ts';
import { kafkaRules } from './kafka-rules.ts';
import { isGlue, needPollers } from './polling.ts';
import { sameRegion } from './region-rules.ts';
import type { Place, Sink } from './sink.ts';

/** Limits of Lambda for generated names. */
const names: Rule = ({ functionName, name, kafka, consumerGroup }) => [
  fault(
    functionName.length > limits.functionName.most,
    'name',
    `makes ${functionName}, ${functionName.length} characters; ${sentenceOf(limits.functionName)}`,
  ),
  fault(name === 'doctor', 'name', 'is reserved; choose another name'),
  // MSK reports no lag for a group whose name has a colon, so its alarm would never fire.
  fault(
    kafka.kind !== 'self-managed' && consumerGroup.includes(':'),
    'consumerGroup',
    'has a colon, and MSK reports no lag for such a group; choose another name',
  ),
];

const provisioned: Rule = (sink) => {
  const { pollers, onFailure = '', topic } = sink;
  const off = pollers === undefined;
  const remedy = 'needs provisioned pollers; add pollers: { min: 1 }, or remove it';
  const toKafka = onFailure.startsWith('kafka://');
  return [
    ...needPollers.map((key) => fault(off && sink[key] !== undefined, key, remedy)),
    fault(off && toKafka, 'onFailure', `to a Kafka topic ${remedy}`),
    fault(onFailure === `kafka://${topic}`, 'onFailure', 'is the topic itself; choose another'),
    fault(
      pollers !== undefined && pollers.min > pollers.max,
      'pollers.min',
      `is above pollers.max, ${pollers?.max}; lower it`,
    ),
  ];
};

/** Records whose retries or age end are dropped unless there is a destination. */
const nothingLost: Rule = ({ retries = -1, recordAge = -1, onFailure }) => {
  const says = 'would drop records silently; add onFailure, or set -1';
  return [
    fault(retries !== -1 && onFailure === undefined, 'retries', says),
    fault(recordAge !== -1 && onFailure === undefined, 'recordAge', says),
  ];
};

const keyOfFailures: Rule = ({ onFailure, onFailureKeyArn }) => [
  fault(
    onFailureKeyArn !== undefined && onFailure === undefined,
    'onFailureKeyArn',
    'is the key of the destination onFailure, which is missing; add that, or remove it',
  ),
  fault(
    onFailureKeyArn !== undefined && onFailure?.startsWith('kafka://') === true,
    'onFailureKeyArn',
    'is not used with a Kafka topic, whose cluster has its own key; remove it',
  ),
];

/**
 * Lambda filters JSON only: a value in another format is not held against the pattern. What happens to a
 * record without a value its documentation does not say.
 */
const filterOfJson: Rule = ({ filter, settings }) => [
  fault(
    filter !== undefined && ['avro', 'protobuf'].includes(settings['VALUE_FORMAT'] ?? ''),
    'filter',
    'compares JSON values only, not values in the wire format of a registry; remove it',
  ),
  fault(
    filter !== undefined && settings['TOMBSTONES'] === 'delete',
    'filter',
    'may leave out tombstones, which have no value to compare; select in settings.TRANSFORM instead',
  ),
];

const registry: Rule = ({ schemaRegistry, glueSchemas, settings }) => {
  if (schemaRegistry === undefined) return [];
  const { auth } = schemaRegistry;
  return [
    ...secretFits('schemaRegistry', schemaRegistry, auth !== 'none'),
    fault(
      isGlue(schemaRegistry) && auth !== 'none',
      'schemaRegistry.auth',
      'is not used with a Glue registry, which uses IAM; remove it',
    ),
    fault(
      glueSchemas === true,
      'schemaRegistry',
      'decodes values before the function; remove it or glueSchemas',
    ),
    fault(
      Object.hasOwn(settings, 'SCHEMA_REGISTRY_URL'),
      'schemaRegistry',
      'decodes values before the function; remove it or settings.SCHEMA_REGISTRY_URL',
    ),
  ];
};

const rules: readonly Rule[] = [
  names,
  sameRegion,
  ...kafkaRules,
  provisioned,
  nothingLost,
  keyOfFailures,
  filterOfJson,
  registry,
];

/** The faults of a sink whose keys are valid one by one. */
export function faultsOf(sink: Sink, place: Place & { region: string }): Fault[] {
  return rules.flatMap((rule) => rule(sink, place)).filter((found) => found !== false);
}
