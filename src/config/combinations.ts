import { isDelete } from './settings.ts';

/** Looks up a variable; an empty one counts as not set. */
type Given = (name: string) => string;

/** The log level variables of Powertools and Lambda. */
const logLevels = ['POWERTOOLS_LOG_LEVEL', 'LOG_LEVEL', 'AWS_LAMBDA_LOG_LEVEL'];

/** Without a queue an errant record appears only in an ERROR log line, which must not be suppressed. */
function tooQuiet(given: Given): string[] {
  if (given('ERRORS_TOLERANCE') !== 'all' || given('ERRANT_QUEUE_URL') !== '') return [];
  return logLevels
    .filter((name) => /^(CRITICAL|FATAL|SILENT)$/i.test(given(name)))
    .map(
      (name) =>
        `${name} got ${JSON.stringify(given(name))}; with ERRORS_TOLERANCE=all it takes \`ERROR\` or less, since skipped records appear only in the log`,
    );
}

function uploadWithLedger(given: Given): string[] {
  if (given('LEDGER_TABLE') === '' || given('UPLOAD_MODE') !== 'multipart') return [];
  return [
    'UPLOAD_MODE got "multipart"; with LEDGER_TABLE it takes `auto`, `staged`, since the ledger must know a job before the job has rows',
  ];
}

/** Avro and Protobuf cannot be read without the schemas that they were written with. */
function registryMissing(given: Given): string[] {
  const format = given('VALUE_FORMAT');
  const isFramed = format === 'avro' || format === 'protobuf';
  const hasRegistry =
    given('SCHEMA_REGISTRY_URL') !== '' || given('GLUE_SCHEMA_REGISTRY') === 'true';
  if (!isFramed || hasRegistry) return [];
  return [
    `SCHEMA_REGISTRY_URL is missing, and VALUE_FORMAT=${format} needs it, or GLUE_SCHEMA_REGISTRY=true (glueSchemas in a sinks file): the registry of the schemas that values are written with`,
  ];
}

/** What an operation needs, and what has no meaning with it. */
function operationNeeds(given: Given): string[] {
  const operation = given('SALESFORCE_OPERATION') || 'insert';
  const has = (name: string) => given(name) !== '';
  const deletes = isDelete(operation);
  const facts: readonly (readonly [wrong: boolean, text: string])[] = [
    [
      operation === 'upsert' && !has('SALESFORCE_EXTERNAL_ID_FIELD'),
      'SALESFORCE_EXTERNAL_ID_FIELD is missing, and SALESFORCE_OPERATION=upsert needs it: the field that an upsert goes by',
    ],
    [
      operation !== 'upsert' && has('SALESFORCE_EXTERNAL_ID_FIELD'),
      `SALESFORCE_EXTERNAL_ID_FIELD is for SALESFORCE_OPERATION=upsert; ${operation} takes none`,
    ],
    [
      operation !== 'insert' && has('SALESFORCE_RECORD_ID_FIELD'),
      `SALESFORCE_RECORD_ID_FIELD is for SALESFORCE_OPERATION=insert; ${operation} is safe to repeat without it`,
    ],
    [
      deletes && has('SALESFORCE_ASSIGNMENT_RULE_ID'),
      `SALESFORCE_ASSIGNMENT_RULE_ID has no meaning with SALESFORCE_OPERATION=${operation}; leave it out`,
    ],
    [
      operation === 'insert' && given('TOMBSTONES') === 'delete',
      'TOMBSTONES got "delete"; with SALESFORCE_OPERATION=insert it takes `errant`, `skip`, since an inserted row has no key to delete it by',
    ],
    [
      has('SALESFORCE_ASSIGNMENT_RULE_ID') && !/^(case|lead)$/i.test(given('SALESFORCE_OBJECT')),
      'SALESFORCE_ASSIGNMENT_RULE_ID is for the objects Case and Lead only; leave it out',
    ],
  ];
  return facts.flatMap(([wrong, text]) => (wrong ? [text] : []));
}

/** Finds settings that are valid each, but not together; one sentence for each. */
export function refusedCombinations(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const given = (name: string) => environment[name]?.trim() ?? '';
  return [
    ...tooQuiet(given),
    ...uploadWithLedger(given),
    ...registryMissing(given),
    ...operationNeeds(given),
  ];
}
