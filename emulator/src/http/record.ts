import { type FieldDescription, findField, type ObjectDescription } from '../object/description.ts';
import { parseId } from '../org/salesforce-id.ts';
import { ApiError, notFound } from './api-error.ts';
import type { Call } from './call.ts';
import { recordJson } from './record-json.ts';
import { jsonReply, type Reply } from './reply.ts';

/**
 * `GET /sobjects/{Object}/{id}`: a record, all fields or those in `fields`; a field without a value
 * is null (REST API guide, "sObject Rows").
 */
export function showRecord(call: Call): Reply {
  const { org, parameters, request, version } = call;
  const object = org.objects.find(parameters[0] ?? '');
  const id = parseId(parameters[1] ?? '');
  const record = object && id !== null ? org.records.get(object, id) : undefined;
  if (!object || !record || record['IsDeleted'] === true) throw notFound();
  const fields = readFields(request.query.get('fields'), object, call).map((field) => ({
    steps: [],
    field,
  }));
  return jsonReply(recordJson(record, { object, fields, records: org.records, version }));
}

function readFields(
  wanted: string | null,
  object: ObjectDescription,
  { org }: Call,
): FieldDescription[] {
  const visible = object.fields.filter((field) => org.access.sees(object, field));
  if (wanted === null) return visible;
  return wanted.split(',').map((name) => {
    const field = findField({ ...object, fields: visible }, name.trim());
    if (field) return field;
    throw new ApiError(400, 'INVALID_FIELD', `No such column '${name}' on entity '${object.name}'`);
  });
}
