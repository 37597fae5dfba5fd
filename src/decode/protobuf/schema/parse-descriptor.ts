import type { Fields, FieldValue } from '../../decoded-record.ts';
import { doubleOrDecimal } from '../../exact-number.ts';
import {
  type EnumDefinition,
  type FieldDefinition,
  inexactDefault,
  type MessageDefinition,
  type Presence,
  type ProtoFile,
} from './file.ts';

/** The types of fields by the numbers of `FieldDescriptorProto.Type`, without messages and enums. */
const typesByNumber: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'float',
  3: 'int64',
  4: 'uint64',
  5: 'int32',
  6: 'fixed64',
  7: 'fixed32',
  8: 'bool',
  9: 'string',
  12: 'bytes',
  13: 'uint32',
  15: 'sfixed32',
  16: 'sfixed64',
  17: 'sint32',
  18: 'sint64',
};

/** The numbers of `FieldDescriptorProto.Label`. */
const labels = { required: 2, repeated: 3 };

const presences: Readonly<Record<number, Presence>> = {
  1: 'explicit',
  2: 'implicit',
  3: 'required',
};

const listIn = (fields: Fields, name: string): readonly Fields[] =>
  fields[name] as unknown as readonly Fields[];

const textIn = (fields: Fields, name: string): string => String(fields[name] ?? '');

const numberIn = (fields: Fields, name: string): number => Number(fields[name] ?? -1);

const optionsIn = (fields: Fields): Fields => (fields['options'] ?? {}) as Fields;

/** The presence that an object sets for itself and what it contains, in editions. */
function presenceOf(fields: Fields, inherited: Presence): Presence {
  const features = (optionsIn(fields)['features'] ?? {}) as Fields;
  return presences[numberIn(features, 'field_presence')] ?? inherited;
}

/** The value of a default, whose text depends on the type. */
function fallbackOf(field: Fields, type: string): FieldValue | undefined {
  const text = field['default_value'] ?? null;
  if (typeof text !== 'string') return undefined;
  if (type === 'bool') return text === 'true';
  if (type === 'bytes') return inexactDefault;
  if (type === 'string' || type.startsWith('.')) return text;
  const number = Number(text.replace('inf', 'Infinity'));
  return Number.isFinite(number) ? doubleOrDecimal(text, number) : number;
}

/** A message whose fields are converted. */
interface Owner {
  /** The full name with a leading dot. */
  readonly name: string;
  readonly message: Fields;
  readonly presence: Presence;
}

/** The key and the value of the entries of a map field; empty for any other. */
function entryOf(typeName: string, { name, message }: Owner): readonly Fields[] {
  const entry = listIn(message, 'nested_type').find(
    (nested) => isMapEntry(nested) && typeName === `${name}.${textIn(nested, 'name')}`,
  );
  return entry === undefined ? [] : listIn(entry, 'field');
}

const typeOf = (field: Fields): string =>
  typesByNumber[numberIn(field, 'type')] ?? textIn(field, 'type_name');

function fieldOf(field: Fields, owner: Owner): FieldDefinition {
  const label = numberIn(field, 'label');
  const type = typeOf(field);
  const [key, value] = entryOf(type, owner);
  const oneof = numberIn(field, 'oneof_index');
  const byLabel = label === labels.required ? 'required' : owner.presence;
  return {
    name: textIn(field, 'name'),
    number: numberIn(field, 'number'),
    type: value === undefined ? type : typeOf(value),
    isRepeated: label === labels.repeated && value === undefined,
    keyType: key === undefined ? null : typeOf(key),
    oneof: oneof === -1 || field['proto3_optional'] === true ? null : String(oneof),
    presence: oneof === -1 ? presenceOf(field, byLabel) : 'explicit',
    fallback: fallbackOf(field, type),
  };
}

const isMapEntry = (message: Fields): boolean => optionsIn(message)['map_entry'] === true;

function enumOf(type: Fields, scope: string): EnumDefinition {
  return {
    name: `${scope}.${textIn(type, 'name')}`,
    values: listIn(type, 'value').map(
      (value) => [textIn(value, 'name'), Number(value['number'] ?? 0)] as const,
    ),
  };
}

function messageOf(message: Fields, scope: string, inherited: Presence): MessageDefinition {
  const name = `${scope}.${textIn(message, 'name')}`;
  const presence = presenceOf(message, inherited);
  return {
    name,
    fields: listIn(message, 'field').map((field) => fieldOf(field, { name, message, presence })),
    messages: listIn(message, 'nested_type')
      .filter((nested) => !isMapEntry(nested))
      .map((nested) => messageOf(nested, name, presence)),
    enums: listIn(message, 'enum_type').map((type) => enumOf(type, name)),
  };
}

/** Converts the fields of a `FileDescriptorProto`. */
export function fileOfDescriptor(file: Fields): ProtoFile {
  const packageName = textIn(file, 'package');
  const scope = packageName === '' ? '' : `.${packageName}`;
  const presence = presenceOf(file, textIn(file, 'syntax') === 'proto3' ? 'implicit' : 'explicit');
  return {
    imports: file['dependency'] as readonly string[],
    messages: listIn(file, 'message_type').map((type) => messageOf(type, scope, presence)),
    enums: listIn(file, 'enum_type').map((type) => enumOf(type, scope)),
  };
}
