import type { Sink } from './sink.ts';

/** A value that CloudFormation resolves when the resource exists. */
export interface Ref {
  readonly Ref: string;
}

/** The keys of a sink that become settings of its function. */
export const settingsOfKeys = {
  object: 'SALESFORCE_OBJECT',
  salesforceUri: 'SALESFORCE_URI',
  salesforceSecret: 'SALESFORCE_SECRET_ID',
  operation: 'SALESFORCE_OPERATION',
  externalIdField: 'SALESFORCE_EXTERNAL_ID_FIELD',
} as const satisfies Partial<Record<keyof Sink, string>>;

/** Settings that are not allowed under `settings`, with what sets them. */
export const reserved: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(settingsOfKeys).map(([key, name]) => [name, `use the key ${key}`]),
  ),
  LEDGER_TABLE: 'use the key ledger',
  GLUE_SCHEMA_REGISTRY: 'use the key glueSchemas',
  ERRANT_QUEUE_URL: 'every sink has its own queue',
};

/** The resources that a function is given. */
export interface Resources<T> {
  /** Null: the sink keeps no ledger. */
  readonly ledger: T | null;
  readonly errantQueue: T;
}

/** The environment variables of the function of a sink. */
export function environment<T>(sink: Sink, resources: Resources<T>): Record<string, string | T> {
  const fromKeys = Object.entries(settingsOfKeys).flatMap(([key, name]) => {
    const value = sink[key as keyof typeof settingsOfKeys];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(fromKeys),
    ...(resources.ledger === null ? {} : { LEDGER_TABLE: resources.ledger }),
    ...(sink.glueSchemas ? { GLUE_SCHEMA_REGISTRY: 'true' } : {}),
    ERRANT_QUEUE_URL: resources.errantQueue,
    ...sink.settings,
    ...sink.environment,
  };
}
