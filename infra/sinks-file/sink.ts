import type { Kafka } from './kafka.ts';
import type { SinkKeys, TopKeys } from './schema.ts';

/** Where a sinks file is deployed: the service's name and the stage. */
export interface Place {
  readonly service: string;
  readonly stage: string;
}

type Optional = 'operation' | 'externalIdField' | 'salesforceSecretKeyArn' | 'concurrency';
type Polling = 'pollers' | 'retries' | 'recordAge' | 'bisect' | 'onFailure' | 'schemaRegistry';
type Observing = 'pollerLogs' | 'pollerMetrics';
type Kept = Pick<SinkKeys, Optional | Polling | Observing>;
type Filled = Required<Omit<SinkKeys, keyof Kept | 'settings' | 'kafka'>>;

/** One sink with nothing left open. Absent keys are features that are off. */
export interface Sink extends Kept, Filled {
  readonly name: string;
  /** Name of its Lambda function, and the dimension `sink` of its metrics. */
  readonly functionName: string;
  readonly kafka: Kafka;
  /** The function's environment, as far as the file says it. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A whole sinks file, checked, with every default filled in. */
export interface Stage extends Place, TopKeys {
  readonly sinks: readonly Sink[];
}

/** What a sink must say, or share, since nobody can guess it. */
export const required = ['topic', 'object', 'salesforceUri', 'kafka'] as const;

type Complete = SinkKeys & Required<Pick<SinkKeys, (typeof required)[number]>>;

/** Tells whether a sink says what it must. */
export function isComplete(keys: SinkKeys): keys is Complete {
  return required.every((key) => keys[key] !== undefined);
}

/** Fills in the defaults of the sink `name`. */
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
    // The longest that Lambda lets a Kafka event source wait for its function.
    timeout: 840,
    ledger: true,
    lagAlarm: 100_000,
    ...keys,
    settings: texts(keys.settings ?? {}),
    name,
    functionName,
  };
}

function texts(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const text = (value: unknown) =>
    typeof value === 'object' ? JSON.stringify(value) : String(value);
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, text(value)]));
}
