import { z } from 'zod';
import { DELIMITERS } from '../csv/document.ts';
import { type JobRequest, OPERATIONS, type Operation } from '../job/job.ts';
import { findField, isLookupKey, type ObjectDescription } from '../object/description.ts';
import { findRule, parseRuleId } from '../org/assignment-rule.ts';
import type { Org } from '../org/org.ts';
import { ApiError } from './api-error.ts';

/** A property that is absent or null is not set. assumption: null-properties. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const properties = z.strictObject({
  object: text,
  operation: text,
  externalIdFieldName: text,
  contentType: text,
  columnDelimiter: text,
  lineEnding: text,
  assignmentRuleId: text,
});

type Properties = z.infer<typeof properties>;

/**
 * Reads the properties of a new job ("Create a Job" in the guide; error messages as reported by
 * clients).
 * @throws ApiError
 */
export function readJobRequest(json: string, org: Org): JobRequest {
  const wanted = readProperties(json, org);
  const operation = oneOf(OPERATIONS, wanted.operation, 'operation');
  oneOf(['CSV'], wanted.contentType ?? 'CSV', 'contentType');
  const lineEnding = oneOf(['LF', 'CRLF'] as const, wanted.lineEnding ?? 'LF', 'lineEnding');
  const delimiters = Object.keys(DELIMITERS) as (keyof typeof DELIMITERS)[];
  const columnDelimiter = oneOf(delimiters, wanted.columnDelimiter ?? 'COMMA', 'columnDelimiter');
  const object = readObject(wanted.object, operation, org);
  checkPermission(operation, org);
  return {
    object,
    operation,
    lineEnding,
    columnDelimiter,
    externalIdFieldName: readExternalId(wanted, object, org),
    assignmentRuleId: readAssignmentRule(wanted, object, org),
  };
}

function readProperties(json: string, org: Org): Properties {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'The body is not JSON');
  }
  const lenient = org.choices['job-property-errors'] === 'ignore-unknown';
  const result = (lenient ? properties.strip() : properties).safeParse(parsed);
  if (result.success) return result.data;
  throw new ApiError(400, 'JSON_PARSER_ERROR', z.prettifyError(result.error));
}

function oneOf<T extends string>(
  values: readonly T[],
  value: string | undefined,
  property: string,
): T {
  const found = values.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  const message = `Invalid value: '${value ?? ''}' supplied for property: '${property}'`;
  throw new ApiError(400, 'API_ERROR', message);
}

function readObject(name: string | undefined, operation: Operation, org: Org): ObjectDescription {
  const object = org.objects.find(name ?? '');
  if (!object) throw invalidJob(`Unable to find object: ${name ?? ''}`);
  if (allows(object, operation)) return object;
  throw new ApiError(
    400,
    'INVALIDENTITY',
    `InvalidEntity : Entity '${object.name}' is not supported by the Bulk API.`,
  );
}

function allows(object: ObjectDescription, operation: Operation): boolean {
  if (operation === 'insert') return object.createable;
  if (operation === 'update') return object.updateable;
  if (operation === 'upsert') return object.createable && object.updateable;
  return object.deletable;
}

/** choice: hard-delete-permission. */
function checkPermission(operation: Operation, org: Org): void {
  if (operation !== 'hardDelete' || org.access.hardDelete) return;
  throw new ApiError(
    400,
    'FEATURENOTENABLED',
    'FeatureNotEnabled : hardDelete requires special user permission, please contact your system administrator.',
  );
}

function readExternalId(wanted: Properties, object: ObjectDescription, org: Org): string | null {
  const name = wanted.externalIdFieldName ?? '';
  if (wanted.operation === 'upsert' && name === '') {
    throw invalidJob(
      `External ID was blank for ${object.name}. An External ID must be specified for upsert.`,
    );
  }
  if (name === '') return null;
  const field = findField(object, name);
  if (field && isLookupKey(field) && org.access.sees(object, field)) return field.name;
  throw invalidJob(`Field name provided, ${name} does not match an External ID for ${object.name}`);
}

/**
 * A text that is not an id is malformed (SOAP API guide, "AssignmentRuleHeader").
 * choice: unknown-assignment-rule.
 */
function readAssignmentRule(
  { assignmentRuleId: text }: Properties,
  object: ObjectDescription,
  org: Org,
): string | null {
  if (text === undefined) return null;
  if (object.name !== 'Case' && object.name !== 'Lead') {
    throw invalidJob(`An assignment rule does not apply to ${object.name}`);
  }
  if (parseRuleId(text) === null) {
    const message = `Assignment Rule ID: id value of incorrect type: ${text}`;
    throw new ApiError(400, 'MALFORMED_ID', message);
  }
  const known = findRule(text, org)?.object === object.name;
  if (known || org.choices['unknown-assignment-rule'] === 'no-effect') return text;
  throw invalidJob(`${object.name} has no assignment rule ${text}`);
}

function invalidJob(message: string): ApiError {
  return new ApiError(400, 'INVALIDJOB', `InvalidJob : ${message}`);
}
