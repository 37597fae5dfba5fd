import type { Sink } from './sink.ts';

/** A value that CloudFormation knows only once it has made the resource. */
export interface Ref {
  readonly Ref: string;
}

/** The keys of a sink that become settings of its function, and the settings they become. */
export const settingsOfKeys = {
  object: 'SALESFORCE_OBJECT',
  salesforceUri: 'SALESFORCE_URI',
  salesforceSecret: 'SALESFORCE_SECRET_ID',
  operation: 'SALESFORCE_OPERATION',
  externalIdField: 'SALESFORCE_EXTERNAL_ID_FIELD',
} as const satisfies Partial<Record<keyof Sink, string>>;

/** Settings that nobody may write under `settings`, with what decides them instead. */
export const reserved: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(settingsOfKeys).map(([key, name]) => [name, `use the key ${key}`]),
  ),
  LEDGER_TABLE: 'use the key ledger',
  ERRANT_QUEUE_URL: 'every sink has its own queue',
};

/** The resources that a function is told of. */
export interface Resources<T> {
  /** Null: the sink keeps no ledger. */
  readonly ledger: T | null;
  readonly errantQueue: T;
}

/** What the function of a sink finds in its environment. */
export function environment<T>(sink: Sink, resources: Resources<T>): Record<string, string | T> {
  const fromKeys = Object.entries(settingsOfKeys).flatMap(([key, name]) => {
    const value = sink[key as keyof typeof settingsOfKeys];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(fromKeys),
    ...(resources.ledger === null ? {} : { LEDGER_TABLE: resources.ledger }),
    ERRANT_QUEUE_URL: resources.errantQueue,
    ...sink.settings,
  };
}
