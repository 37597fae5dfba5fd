import type { Config } from '../config/config.ts';
import { SinkError } from '../errors.ts';
import type { ObjectDescription } from './description.ts';

type Sink = Pick<
  Config,
  'operation' | 'externalIdField' | 'recordIdField' | 'object' | 'tombstones'
>;

const permissions: Readonly<
  Record<Config['operation'], readonly ('createable' | 'updateable' | 'deletable')[]>
> = {
  insert: ['createable'],
  update: ['updateable'],
  upsert: ['createable', 'updateable'],
  delete: ['deletable'],
  hardDelete: ['deletable'],
};

function keyProblem(object: ObjectDescription, { externalIdField, recordIdField }: Sink) {
  if (externalIdField === null) return null;
  const setting =
    recordIdField === null ? 'SALESFORCE_EXTERNAL_ID_FIELD' : 'SALESFORCE_RECORD_ID_FIELD';
  const field = object.fields.get(externalIdField.toLowerCase());
  if (field === undefined) {
    return `${setting}: ${object.name} has no field ${externalIdField}, or the run-as user has no access to it`;
  }
  if (!field.isKey)
    return `${setting}: ${field.name} is not an external id field of ${object.name}`;
  const isWritable = recordIdField === null || field.createable;
  return isWritable ? null : `${setting}: the run-as user may not write ${field.name}`;
}

/**
 * Checks that the run-as user may perform the sink's operation on the object, and the external id
 * field. Throws `OBJECT_INVALID` with all problems.
 */
export function checkObject(object: ObjectDescription, sink: Sink): void {
  const deletes = sink.tombstones === 'delete' ? (['deletable'] as const) : [];
  const needed = new Set([...permissions[sink.operation], ...deletes]);
  const denied = [...needed].filter((permission) => !object[permission]);
  const key = keyProblem(object, sink);
  const problems = [
    ...(denied.length === 0
      ? []
      : [`${object.name} is not ${denied.join(', not ')} for the run-as user`]),
    ...(key === null ? [] : [key]),
  ];
  if (problems.length === 0) return;
  throw new SinkError(
    'OBJECT_INVALID',
    `${sink.operation} is not possible: ${problems.join('; ')}. Grant the run-as user the permission, or correct the setting.`,
  );
}
