import { type FieldValue, InvalidValue } from '../../decoded-record.ts';

/** The types of the wire format that are not messages or enums. */
export const scalarTypes = [
  ...(['double', 'float', 'int32', 'int64', 'uint32', 'uint64', 'sint32', 'sint64'] as const),
  ...(['fixed32', 'fixed64', 'sfixed32', 'sfixed64', 'bool', 'string', 'bytes'] as const),
];

/** A scalar type by its name in a `.proto` file. */
export type ScalarType = (typeof scalarTypes)[number];

/** Tells whether the type of a field is a scalar, not the name of a message or enum. */
export const isScalarType = (type: string): type is ScalarType =>
  (scalarTypes as readonly string[]).includes(type);

/**
 * How an absent field is known: `implicit` fields are absent when they are zero; the others have
 * presence, and a `required` one is never absent.
 */
export type Presence = 'implicit' | 'explicit' | 'required';

/** The default of a field where the parsed schema has lost a part of it. */
export const inexactDefault = new InvalidValue({
  code: 'PROTOBUF_TYPE_UNSUPPORTED',
  reason: 'it is absent, and its default in the schema cannot be read exactly',
});

/** A field as its file declares it. */
export interface FieldDefinition {
  readonly name: string;
  readonly number: number;
  /** A scalar type, or a name: with a leading dot the full name, else one to resolve. */
  readonly type: string;
  readonly isRepeated: boolean;
  /** The type of a map's keys, for a map whose values are of `type`; else null. */
  readonly keyType: string | null;
  /** The oneof of the field; null also for the one that `optional` makes in proto3. */
  readonly oneof: string | null;
  readonly presence: Presence;
  /** The declared default; undefined without one. */
  readonly fallback: FieldValue | undefined;
}

/** A message type as its file declares it. */
export interface MessageDefinition {
  /** The full name with a leading dot: `.example.Contact.Address`. */
  readonly name: string;
  readonly fields: readonly FieldDefinition[];
  /** In the order of the file, without those of map entries. */
  readonly messages: readonly MessageDefinition[];
  readonly enums: readonly EnumDefinition[];
}

/** An enum as its file declares it. */
export interface EnumDefinition {
  /** The full name with a leading dot. */
  readonly name: string;
  /** Names and numbers in the order of the file. */
  readonly values: readonly (readonly [name: string, number: number])[];
}

/** What a `.proto` file declares, as far as values depend on it. */
export interface ProtoFile {
  readonly imports: readonly string[];
  /** In the order of the file, which message indexes count. */
  readonly messages: readonly MessageDefinition[];
  readonly enums: readonly EnumDefinition[];
}

/** The name of the message type that protoc makes for the entries of a map field. */
export const mapEntryName = (field: string): string =>
  `${field.replace(/(?:^|_+)(.?)/g, (_, first: string) => first.toUpperCase())}Entry`;
