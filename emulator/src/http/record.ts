import { findField, type ObjectDescription } from '../object/description.ts';
import { parseId } from '../org/salesforce-id.ts';
import { ApiError, notFound } from './api-error.ts';
import type { Call } from './call.ts';
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
  const names = readNames(request.query.get('fields'), object, call);
  const url = `/services/data/v${version}/sobjects/${object.name}/${record['Id']}`;
  const values = names.map((name) => [name, record[name] ?? null]);
  return jsonReply({ attributes: { type: object.name, url }, ...Object.fromEntries(values) });
}

function readNames(wanted: string | null, object: ObjectDescription, { org }: Call): string[] {
  const visible = object.fields.filter((field) => org.access.sees(object, field));
  if (wanted === null) return visible.map(({ name }) => name);
  return wanted.split(',').map((name) => {
    const field = findField({ ...object, fields: visible }, name.trim());
    if (field) return field.name;
    throw new ApiError(400, 'INVALID_FIELD', `No such column '${name}' on entity '${object.name}'`);
  });
}
