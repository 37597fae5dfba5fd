import type protobufjs from 'protobufjs';
import type { FieldValue } from '../../decoded-record.ts';
import { type FieldDefinition, inexactDefault, type Presence } from './file.ts';

/** protobufjs, of which only the parser is used. */
export type Protobufjs = typeof protobufjs;

/** What the objects of a file inherit. */
export interface Scope {
  readonly protobuf: Protobufjs;
  /** The presence of a field without a label. */
  readonly presence: Presence;
  /** Whether the file has a default with escapes that protobufjs takes for plain characters. */
  readonly misreadsTexts: boolean;
}

const presences: ReadonlyMap<unknown, Presence> = new Map([
  ['IMPLICIT', 'implicit'],
  ['EXPLICIT', 'explicit'],
  ['LEGACY_REQUIRED', 'required'],
] as const);

/** The presence that an object sets for itself and what it contains, in editions. */
export function presenceOf(
  { options }: protobufjs.ReflectionObject,
  inherited: Presence,
): Presence {
  const features = options?.['features'] as { field_presence?: string } | undefined;
  return presences.get(features?.field_presence) ?? inherited;
}

/**
 * Integers of 64 bits that protobufjs has rounded, bytes, and texts with escapes that it misreads have no
 * default that is exact.
 */
function fallbackOf(
  { type, options }: protobufjs.Field,
  { misreadsTexts }: Scope,
): FieldValue | undefined {
  const fallback = options?.['default'] as FieldValue | undefined;
  if (fallback === undefined) return undefined;
  const isRounded = Number.isInteger(fallback) && !Number.isSafeInteger(fallback);
  const isMisread = type === 'string' && misreadsTexts;
  const isInexact = type === 'bytes' || isMisread || (isRounded && type.endsWith('64'));
  return isInexact ? inexactDefault : fallback;
}

/** The type in the message of a field that has the name of the field's type. */
function nestedType(field: protobufjs.Field, { protobuf }: Scope): protobufjs.Type | null {
  const nested = field.parent?.get(field.type.slice(field.type.lastIndexOf('.') + 1));
  return nested instanceof protobuf.Type ? nested : null;
}

/** Tells whether a message is the entries of a map. */
export const isMapEntry = ({ options }: protobufjs.Type): boolean =>
  options?.['map_entry'] === true;

/** What protobufjs calls the field of a group: the name of its type with a small first letter. */
const groupField = (type: string): string => `${type.charAt(0).toLowerCase()}${type.slice(1)}`;

/** A group is a field whose name is that of its type in lower case; others may have its type too. */
function fieldName({ name, type }: protobufjs.Field, nested: protobufjs.Type | null): string {
  // The declarations of protobufjs lack `group`.
  const isGroup = nested !== null && 'group' in nested && nested.group === true;
  return isGroup && name === groupField(type) ? type.toLowerCase() : name;
}

/**
 * The types of a map's keys and values. Schemas that Wire wrote, as AWS Glue's and Apicurio's
 * serializers do, have its entries as a message.
 */
function typesOf(
  field: protobufjs.Field,
  nested: protobufjs.Type | null,
  { protobuf }: Scope,
): Pick<FieldDefinition, 'type' | 'keyType' | 'isRepeated'> {
  const { type, repeated: isRepeated } = field;
  if (field instanceof protobuf.MapField) return { type, isRepeated, keyType: field.keyType };
  const entry = nested !== null && isMapEntry(nested) ? nested.fields : {};
  const { key, value } = entry;
  if (key === undefined || value === undefined) return { type, isRepeated, keyType: null };
  return { type: value.type, isRepeated: false, keyType: key.type };
}

/** Converts a field. */
export function fieldOf(field: protobufjs.Field, scope: Scope): FieldDefinition {
  const isOptional = field.options?.['proto3_optional'] === true;
  const isExplicit = isOptional || field.partOf !== null;
  const byLabel = (field as { rule?: string }).rule === 'required' ? 'required' : scope.presence;
  const nested = nestedType(field, scope);
  return {
    name: fieldName(field, nested),
    number: field.id,
    ...typesOf(field, nested, scope),
    oneof: isOptional ? null : (field.partOf?.name ?? null),
    presence: isExplicit ? 'explicit' : presenceOf(field, byLabel),
    fallback: fallbackOf(field, scope),
  };
}
