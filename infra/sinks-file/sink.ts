import type { Kafka } from './kafka.ts';
import type { SinkKeys, TopKeys } from './schema.ts';

/** The service and stage of a sinks file. */
export interface Place {
  readonly service: string;
  readonly stage: string;
  /** The version of this project. */
  readonly release: string;
}

type Optional = 'operation' | 'externalIdField' | 'salesforceSecretKeyArn' | 'concurrency';
type Polling =
  | 'pollers'
  | 'filter'
  | 'retries'
  | 'recordAge'
  | 'bisect'
  | 'onFailure'
  | 'onFailureKeyArn'
  | 'schemaRegistry';
type Observing = 'pollerLogs' | 'pollerMetrics';
type Kept = Pick<SinkKeys, Optional | Polling | Observing>;
type Filled = Required<Omit<SinkKeys, keyof Kept | 'settings' | 'environment' | 'kafka'>>;

/** A sink with all defaults. Absent keys are features that are off. */
export interface Sink extends Kept, Filled {
  readonly name: string;
  /** Name of its Lambda function, and value of the dimension `sink` of its metrics. */
  readonly functionName: string;
  readonly kafka: Kafka;
  /** The settings in the file. */
  readonly settings: Readonly<Record<string, string>>;
  /** Other environment variables of its function. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A sinks file, validated, with all defaults. */
export interface Stage extends Place, TopKeys {
  readonly sinks: readonly Sink[];
}

/** Keys without a default. */
export const required = ['topic', 'object', 'salesforceUri', 'kafka'] as const;

type Complete = SinkKeys & Required<Pick<SinkKeys, (typeof required)[number]>>;

/** Whether a sink has all required keys. */
export function isComplete(keys: SinkKeys): keys is Complete {
  return required.every((key) => keys[key] !== undefined);
}

/** Adds the defaults of the sink `name`. */
export function fillIn(name: string, keys: Complete, { service, stage }: Place): Sink {
  const functionName = `${service}-${stage}-${name}`;
  return {
    salesforceSecret: `${service}/${stage}/salesforce`,
    consumerGroup: functionName,
    batchSize: 10_000,
    batchingWindow: 60,
    startingPosition: 'TRIM_HORIZON',
    enabled: true,
    memory: 512,
    // The longest timeout of a function behind a Kafka event source.
    timeout: 840,
    ledger: true,
    glueSchemas: false,
    lagAlarm: 100_000,
    ...keys,
    settings: texts(keys.settings ?? {}),
    environment: texts(keys.environment ?? {}),
    name,
    functionName,
  };
}

function texts(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const text = (value: unknown) =>
    typeof value === 'object' ? JSON.stringify(value) : String(value);
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, text(value)]));
}
