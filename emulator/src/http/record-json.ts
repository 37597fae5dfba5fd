import type { ObjectDescription } from '../object/description.ts';
import { fieldValue } from '../record/field-value.ts';
import type { RecordStore, StoredRecord } from '../record/record-store.ts';
import { type FieldPath, parentOf } from '../soql/field-path.ts';

/** What the JSON of records is made of. */
export interface RecordScope {
  readonly object: ObjectDescription;
  readonly fields: readonly FieldPath[];
  readonly records: RecordStore;
  /** API version, such as `65.0`. */
  readonly version: string;
}

/**
 * A record as the REST API returns it: `attributes`, then the fields; one without a value is null.
 * Fields of a parent are in an object of their own; without a parent it is null.
 */
export function recordJson(record: StoredRecord, scope: RecordScope): Record<string, unknown> {
  const { object, fields, records, version } = scope;
  const url = `/services/data/v${version}/sobjects/${object.name}/${record['Id']}`;
  const json: Record<string, unknown> = { attributes: { type: object.name, url } };
  for (const { steps, field } of fields) {
    const [step] = steps;
    if (!step) json[field.name] = fieldValue(record, field);
    else if (!(step.name in json)) {
      const parent = parentOf(record, step, { records });
      const own = fields
        .filter((path) => path.steps[0]?.name === step.name)
        .map((path) => ({ ...path, steps: path.steps.slice(1) }));
      const parentScope = { ...scope, object: step.parent, fields: own };
      json[step.name] = parent && recordJson(parent, parentScope);
    }
  }
  return json;
}
