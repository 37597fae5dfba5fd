import type { Choices } from '../choices.ts';
import {
  type FieldDescription,
  findField,
  isLookupKey,
  type ObjectDescription,
} from '../object/description.ts';
import type { ObjectLibrary } from '../object/library.ts';
import type { Access } from '../org/access.ts';

/** A column that gives a field its value. */
export interface FieldColumn {
  readonly kind: 'field';
  readonly field: FieldDescription;
}

/** A column that gives a lookup field the record whose key has the value of the cell. */
export interface ParentColumn {
  readonly kind: 'parent';
  /** The lookup field, such as `AccountId`. */
  readonly field: FieldDescription;
  readonly parent: ObjectDescription;
  readonly key: FieldDescription;
}

/** What a column of an uploaded file means. */
export type Column = FieldColumn | ParentColumn;

/** Where the meaning of a header is looked up. */
export interface HeaderScope {
  readonly object: ObjectDescription;
  readonly objects: ObjectLibrary;
  readonly access: Access;
  readonly choices: Choices;
}

/** A header that was understood, or the first thing wrong with it. */
export type HeaderReading =
  | { readonly columns: readonly Column[] }
  | { readonly errorMessage: string };

/**
 * Reads a header. Only the first bad column is named, and a column that comes twice is bad the
 * second time (field reports: the whole batch fails).
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
