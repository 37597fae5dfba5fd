import type * as z from 'zod/mini';
import { type Environment, readSettings } from './environment.ts';
import type { FieldMap } from './field-map.ts';
import { isDelete, type settings } from './settings.ts';

type Settings = typeof settings;

/** The validated settings, frozen for the life of the container. */
export interface Config {
  /** The function's name; it distinguishes sinks of one topic. */
  readonly sink: string;
  /** API name of the object to write. */
  readonly object: string;
  /** The operation of the jobs. */
  readonly operation: z.output<Settings['SALESFORCE_OPERATION']['schema']>;
  /** The external id field of an upsert; null for other operations. */
  readonly externalIdField: string | null;
  /** The field that receives each record's id; null: none. */
  readonly recordIdField: string | null;
  /** The column that identifies a row; null: there is none. */
  readonly keyField: string | null;
  /** The org's base URL. */
  readonly uri: string;
  /** Where to log in. */
  readonly oauthUri: string;
  readonly secretId: string;
  readonly apiVersion: string;
  /** Retries of one HTTP call, not counting the first attempt. */
  readonly maxRetries: number;
  /** Null: none. */
  readonly assignmentRuleId: string | null;
  readonly valueFormat: z.output<Settings['VALUE_FORMAT']['schema']>;
  /** Null: no registry. */
  readonly schemaRegistryUrl: string | null;
  /** Whether schemas are read from AWS Glue. */
  readonly glueSchemaRegistry: boolean;
  readonly uploadMode: 'auto' | 'multipart' | 'staged';
  readonly pollMaxSteps: number;
  readonly pollMaxWaitMs: number;
  /** Null: no ledger, and the delivery is at least once. */
  readonly ledgerTable: string | null;
  /** Null: errant records are only logged. */
  readonly errantQueueUrl: string | null;
  readonly errorsTolerance: 'none' | 'all';
  readonly nullValues: 'empty' | 'clear';
  readonly unknownFields: z.output<Settings['UNKNOWN_FIELDS']['schema']>;
  readonly fieldMap: FieldMap;
  /** The placeholder for values that the source did not send; such fields are left alone. */
  readonly unavailableValue: string;
  /** A JSONata expression that makes the fields of a row; null: none. */
  readonly transform: string | null;
  /** Whether Debezium's change events are unwrapped. */
  readonly changeEvents: z.output<Settings['CHANGE_EVENTS']['schema']>;
  readonly tombstones: z.output<Settings['TOMBSTONES']['schema']>;
  /** Share of the org's daily API calls above which no flush is started, 0 to 1. */
  readonly apiUsageCeiling: number;
}

/** Whether a tombstone deletes its row: in a delete sink, and with `TOMBSTONES=delete`. */
export function deletesTombstones({
  operation,
  tombstones,
}: Pick<Config, 'operation' | 'tombstones'>): boolean {
  return isDelete(operation) || tombstones === 'delete';
}

/**
 * Reads the function's settings from its environment. Throws `CONFIG_INVALID` with every problem
 * at once.
 */
export function readConfig(environment: Environment = process.env): Config {
  const values = readSettings(environment);
  const { SALESFORCE_RECORD_ID_FIELD: recordIdField, SALESFORCE_OPERATION: asked } = values;
  const operation = recordIdField === null ? asked : 'upsert';
  const externalIdField = recordIdField ?? values.SALESFORCE_EXTERNAL_ID_FIELD;
  const clears = asked === 'update' || asked === 'upsert';
  return Object.freeze({
    sink: environment['AWS_LAMBDA_FUNCTION_NAME'] ?? 'local',
    object: values.SALESFORCE_OBJECT,
    operation,
    externalIdField,
    recordIdField,
    keyField: externalIdField ?? (operation === 'insert' ? null : 'Id'),
    uri: values.SALESFORCE_URI,
    oauthUri: values.SALESFORCE_OAUTH_URI ?? `${values.SALESFORCE_URI}/services/oauth2/token`,
    secretId: values.SALESFORCE_SECRET_ID,
    apiVersion: values.SALESFORCE_API_VERSION,
    maxRetries: values.SALESFORCE_MAX_RETRIES,
    assignmentRuleId: values.SALESFORCE_ASSIGNMENT_RULE_ID,
    valueFormat: values.VALUE_FORMAT,
    schemaRegistryUrl: values.SCHEMA_REGISTRY_URL,
    glueSchemaRegistry: values.GLUE_SCHEMA_REGISTRY,
    uploadMode: values.UPLOAD_MODE,
    pollMaxSteps: values.POLL_MAX_STEPS,
    pollMaxWaitMs: values.POLL_MAX_WAIT_SECONDS * 1000,
    ledgerTable: values.LEDGER_TABLE,
    errantQueueUrl: values.ERRANT_QUEUE_URL,
    errorsTolerance: values.ERRORS_TOLERANCE ?? (values.ERRANT_QUEUE_URL ? 'all' : 'none'),
    nullValues: values.NULL_VALUES ?? (clears ? 'clear' : 'empty'),
    unknownFields: values.UNKNOWN_FIELDS,
    fieldMap: values.FIELD_MAP,
    unavailableValue: values.UNAVAILABLE_VALUE,
    transform: values.TRANSFORM,
    changeEvents: values.CHANGE_EVENTS,
    tombstones: values.TOMBSTONES,
    apiUsageCeiling: values.API_USAGE_CEILING,
  });
}
