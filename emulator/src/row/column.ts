import type { Choices } from '../choices.ts';
import {
  type FieldDescription,
  findField,
  isLookupKey,
  type ObjectDescription,
} from '../object/description.ts';
import type { ObjectLibrary } from '../object/library.ts';
import type { Access } from '../org/access.ts';

/** A column with the values of a field. */
interface FieldColumn {
  readonly kind: 'field';
  readonly field: FieldDescription;
}

/** A column with the keys of the records that a lookup field points to. */
export interface ParentColumn {
  readonly kind: 'parent';
  /** The lookup field, such as `AccountId`. */
  readonly field: FieldDescription;
  readonly parent: ObjectDescription;
  readonly key: FieldDescription;
}

/** The meaning of a column of an uploaded file. */
export type Column = FieldColumn | ParentColumn;

/** What headers are resolved against. */
interface HeaderScope {
  readonly object: ObjectDescription;
  readonly objects: ObjectLibrary;
  readonly access: Access;
  readonly choices: Choices;
}

/** The columns of a header, or its first error. */
type HeaderReading = { readonly columns: readonly Column[] } | { readonly errorMessage: string };

/**
 * Reads a header. Only the first invalid column is named; a repeated column is invalid (reports of
 * clients: the whole batch fails).
 */
export function readHeader(names: readonly string[], scope: HeaderScope): HeaderReading {
  const columns: Column[] = [];
  const seen = new Set<string>();
  for (const name of names) {
    const column = seen.has(name.toLowerCase()) ? notFound(name, scope) : readColumn(name, scope);
    if ('errorMessage' in column) return column;
    seen.add(name.toLowerCase());
    columns.push(column);
  }
  return { columns };
}

type ColumnReading = Column | { readonly errorMessage: string };

function readColumn(name: string, scope: HeaderScope): ColumnReading {
  if (name.includes('.')) return readParentColumn(name, scope);
  const field = findField(scope.object, name);
  if (!field || !scope.access.sees(scope.object, field)) return notFound(name, scope);
  if (scope.choices['header-case'] === 'exact' && field.name !== name) return notFound(name, scope);
  return { kind: 'field', field };
}

/**
 * `Relationship.Key`, or `Type:Relationship.Key` for a lookup that can point to several objects
 * (guide, "Relationship Fields in a Header Row").
 */
function readParentColumn(name: string, scope: HeaderScope): ColumnReading {
  const [, type, relationship = '', keyName = ''] = /^(?:([^:]+):)?([^.]+)\.(.+)$/.exec(name) ?? [];
  const field = scope.object.fields.find(
    (candidate) => candidate.relationshipName?.toLowerCase() === relationship.toLowerCase(),
  );
  if (!field || !scope.access.sees(scope.object, field))
    return { errorMessage: `InvalidBatch : Unable to find relationship: ${relationship}` };
  const polymorphic = field.referenceTo.length > 1;
  if (type !== undefined && !polymorphic) return typeNotNeeded(relationship);
  const target = field.referenceTo.find(
    (candidate) => !polymorphic || candidate.toLowerCase() === type?.toLowerCase(),
  );
  const parent = target === undefined ? undefined : scope.objects.find(target);
  const key = parent && findField(parent, keyName);
  if (!parent || !key || !isLookupKey(key) || !scope.access.sees(parent, key)) {
    return notFound(name, scope);
  }
  return { kind: 'parent', field, parent, key };
}

function typeNotNeeded(relationship: string): ColumnReading {
  return {
    errorMessage: `InvalidBatch : type is not needed for non polymorphic foreign key references: ${relationship}`,
  };
}

function notFound(name: string, scope: HeaderScope): ColumnReading {
  const prefix = scope.choices['field-not-found-prefix'] === 'doubled' ? 'InvalidBatch : ' : '';
  return { errorMessage: `InvalidBatch : ${prefix}Field name not found : ${name}` };
}
