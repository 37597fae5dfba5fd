import * as z from 'zod/mini';
import { fieldMap } from './field-map.ts';
import { baseUrl } from './safe-url.ts';
import {
  oneOf,
  required,
  type Setting,
  textAs,
  textSetting,
  url,
  urlRead,
  urlSetting,
  wholeNumber,
} from './setting.ts';

/** The operations of a job. Source: Bulk API 2.0 developer guide, "Create a Job". */
export const operations = ['insert', 'update', 'upsert', 'delete', 'hardDelete'] as const;

/** Whether an operation deletes rows: it takes ids alone. */
export function isDelete(operation: string): boolean {
  return operation === 'delete' || operation === 'hardDelete';
}

/** The formats that a sink can ask for, by the value of `VALUE_FORMAT`. */
export const valueFormats = ['auto', 'json', 'connect-json', 'avro', 'protobuf'] as const;

/** The value of `VALUE_FORMAT`. */
export type ValueFormat = (typeof valueFormats)[number];

/** The API name of an object or a field. */
const apiName = /^[A-Za-z]\w{0,79}$/;

/** Every setting of the function, by its environment variable. docs/CONFIGURATION.md carries the same list. */
export const settings = {
  SALESFORCE_OBJECT: textSetting(
    {
      takes: 'the API name of an object, such as `Contact` or `Order_Line__c`',
      fallback: required,
    },
    apiName,
  ),
  SALESFORCE_URI: urlSetting({
    takes: 'the My Domain URL of the org, such as `https://acme.my.salesforce.com`',
    fallback: required,
  }),
  SALESFORCE_OAUTH_URI: urlSetting({
    takes: 'the URL of the token endpoint; left out: `SALESFORCE_URI` + `/services/oauth2/token`',
    fallback: null,
  }),
  SALESFORCE_SECRET_ID: textSetting(
    {
      takes: 'the name or ARN of a secret in Secrets Manager, never the secret itself',
      fallback: required,
      hidden: true,
    },
    /^[\w/+=.@:-]{1,600}$/,
  ),
  SALESFORCE_API_VERSION: textSetting(
    { takes: 'an API version, such as `v65.0`', fallback: 'v65.0' },
    /^v\d{2,3}\.0$/,
  ),
  SALESFORCE_MAX_RETRIES: wholeNumber([0, 10], 3),
  SALESFORCE_OPERATION: oneOf(operations, 'insert'),
  SALESFORCE_EXTERNAL_ID_FIELD: textSetting(
    {
      takes: 'the external id field that an upsert goes by; required for `upsert`',
      fallback: null,
    },
    apiName,
  ),
  SALESFORCE_RECORD_ID_FIELD: textSetting(
    {
      takes:
        'an external id field that receives `topic-partition-offset-timestamp`; the insert becomes an upsert on it',
      fallback: null,
    },
    apiName,
  ),
  SALESFORCE_ASSIGNMENT_RULE_ID: textSetting(
    { takes: 'the id of an assignment rule, for Case and Lead', fallback: null },
    /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/,
  ),
  VALUE_FORMAT: oneOf(valueFormats, 'auto'),
  SCHEMA_REGISTRY_URL: {
    ...urlSetting({
      takes:
        'the URL of a Confluent-compatible Schema Registry, with `http` only where it asks for no login',
      fallback: null,
    }),
    schema: urlRead(baseUrl),
  },
  GLUE_SCHEMA_REGISTRY: {
    takes: "`true` to read values in the frame of AWS Glue's serializers, else `false`",
    fallback: 'false',
    schema: z.pipe(
      z.enum(['false', 'true']),
      z.transform((text: 'false' | 'true') => text === 'true'),
    ),
  } satisfies Setting<boolean>,
  UPLOAD_MODE: oneOf(['auto', 'multipart', 'staged'], 'auto'),
  POLL_MAX_STEPS: wholeNumber([1, 1000], 60),
  POLL_MAX_WAIT_SECONDS: wholeNumber([1, 300], 60),
  LEDGER_TABLE: textSetting(
    { takes: 'the name or ARN of the job ledger, a DynamoDB table', fallback: null },
    /^(arn:aws[a-z-]*:dynamodb:[\w-]+:\d{12}:table\/)?[\w.-]{3,255}$/,
  ),
  ERRANT_QUEUE_URL: {
    ...urlSetting({ takes: 'the URL of the errant queue, an SQS standard queue', fallback: null }),
    schema: url.check(z.refine((text) => !text.endsWith('.fifo'))),
  },
  ERRORS_TOLERANCE: {
    ...oneOf(['none', 'all'], 'none'),
    takes: '`none`, `all`; left out: `all` with an errant queue, else `none`',
    fallback: null,
  },
  NULL_VALUES: {
    ...oneOf(['empty', 'clear'], 'empty'),
    takes: '`empty`, `clear`; left out: `clear` for update and upsert, else `empty`',
    fallback: null,
  },
  UNKNOWN_FIELDS: oneOf(['errant', 'drop', 'fail', 'send'], 'errant'),
  FIELD_MAP: {
    takes:
      'a JSON object, source name to Salesforce field name, or to `null` to leave it out: `{"mail":"Email","internal":null}`; `"*":null` leaves out all that it does not name',
    fallback: '{}',
    schema: fieldMap,
  },
  TRANSFORM: {
    takes: 'a JSONata expression that makes the fields of a row from a record',
    fallback: null,
    schema: z.string().check(z.maxLength(3_000)),
  } satisfies Setting<string>,
  UNAVAILABLE_VALUE: {
    takes:
      'the text that stands for a value which the source did not send; such a field is left alone',
    fallback: '__debezium_unavailable_value',
    schema: z.string().check(z.maxLength(200)),
  } satisfies Setting<string>,
  CHANGE_EVENTS: oneOf(['auto', 'off'], 'auto'),
  TOMBSTONES: oneOf(['errant', 'skip', 'delete'], 'errant'),
  API_USAGE_CEILING: {
    takes: "a share of the org's daily API calls, above 0 and at most 1",
    fallback: '0.95',
    schema: textAs('no share', (text) => {
      const share = Number(text);
      return /^[01](\.\d{1,6})?$/.test(text) && share > 0 && share <= 1 ? share : null;
    }),
  } satisfies Setting<number>,
};
