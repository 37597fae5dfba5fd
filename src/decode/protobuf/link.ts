import { quotedName, RecordError } from '../../record-error.ts';
import { Decimal, type FieldValue, InvalidValue } from '../decoded-record.ts';
import {
  type EntryReader,
  mapField,
  messageField,
  repeatedMessageField,
  repeatedScalarField,
  scalarField,
  type TypedReader,
} from './field-readers.ts';
import type { FieldReader, Level, MessageType } from './message-type.ts';
import { readFields, readMessage } from './read-message.ts';
import { enumReader, type ScalarReader, scalarReaders } from './scalars.ts';
import {
  type FieldDefinition,
  isScalarType,
  type MessageDefinition,
  type ProtoFile,
} from './schema/file.ts';
import { Names } from './schema/names.ts';
import { wellKnownType } from './well-known/types.ts';
import { throwInvalid, WireReader } from './wire.ts';

/** A field's type: a message, or read by a `ScalarReader`. */
type FieldType = MessageType | ScalarReader;

const isMessageType = (type: FieldType): type is MessageType => 'fields' in type;

const nothing = Buffer.alloc(0);

/** The value of a message without bytes. */
const emptyMessage = (type: MessageType, level: Level): FieldValue =>
  readMessage(type, new WireReader(nothing, 0, 0), level);

/** The text of a map's key. */
function keyText(key: FieldValue | undefined): string {
  if (key instanceof InvalidValue) throw new RecordError(key.code, key.reason);
  return key instanceof Decimal ? key.source : String(key);
}

/** Creates the reader of a map's entries from those of its keys and values. */
function entryReader(key: ScalarReader, type: FieldType): EntryReader {
  const field = (name: string, reader: TypedReader, zero: FieldReader['absent']): FieldReader => ({
    name,
    siblings: [],
    absent: zero,
    ...reader,
  });
  const value = isMessageType(type) ? messageField(type) : scalarField(type);
  const entry: MessageType = {
    fields: [
      field('key', scalarField(key), () => key.zero),
      field('value', value, () => (isMessageType(type) ? undefined : type.zero)),
    ],
    positions: new Map([
      [1, 0],
      [2, 1],
    ]),
    convert: null,
  };
  return (input, level) => {
    const { key, value } = readFields(entry, input, level);
    return [keyText(key), value ?? emptyMessage(type as MessageType, level)];
  };
}

/** Resolves the types of messages and creates their readers. */
export class Linker {
  readonly #names: Names;
  readonly #types = new Map<string, MessageType>();

  /** The first of several definitions of a name counts. */
  constructor(files: readonly ProtoFile[]) {
    this.#names = new Names(files);
  }

  /**
   * Returns the type of a message. Throws the record error `SCHEMA_INVALID` for a name that no file
   * defines.
   */
  link(definition: MessageDefinition): MessageType {
    const known = this.#types.get(definition.name);
    if (known !== undefined) return known;
    const wellKnown = wellKnownType(definition.name);
    const type: MessageType = { fields: [], positions: new Map(), ...wellKnown };
    this.#types.set(definition.name, type);
    for (const [position, field] of definition.fields.entries()) {
      type.positions.set(field.number, position);
      type.fields.push(this.#reader(field, definition));
    }
    return type;
  }

  #typeOf(name: string, scope: string): FieldType {
    if (isScalarType(name)) return scalarReaders[name];
    const found = this.#names.resolve(name, scope);
    if (found === undefined) {
      const reason = `it refers to ${quotedName(name)}, which neither it nor its imports define`;
      throw new RecordError('SCHEMA_INVALID', reason);
    }
    return 'values' in found ? enumReader(found.values) : this.link(found);
  }

  #reader(field: FieldDefinition, message: MessageDefinition): FieldReader {
    const { name, oneof, isRepeated, keyType } = field;
    if (name === '__proto__') {
      throw new RecordError('SCHEMA_INVALID', 'a field is named __proto__');
    }
    const type = this.#typeOf(field.type, message.name);
    const siblings = message.fields.flatMap((other, position) =>
      oneof !== null && other.oneof === oneof && other !== field ? [position] : [],
    );
    const absent = absentValue(field, type);
    if (keyType !== null) {
      const key = this.#typeOf(keyType, message.name) as ScalarReader;
      return { name, siblings, absent, ...mapField(entryReader(key, type)) };
    }
    const readers = isMessageType(type)
      ? { one: messageField(type), many: repeatedMessageField(type) }
      : { one: scalarField(type), many: repeatedScalarField(type) };
    return { name, siblings, absent, ...(isRepeated ? readers.many : readers.one) };
  }
}

/**
 * What a field without an occurrence is: an empty list or map, zero or the first value of an enum
 * without presence, its declared default, or null, which for a message is a null relationship. A
 * member of a oneof is left out.
 */
function absentValue(field: FieldDefinition, type: FieldType): FieldReader['absent'] {
  const { oneof, presence, fallback } = field;
  if (field.keyType !== null) return () => ({});
  if (field.isRepeated) return () => [];
  if (presence === 'required') {
    return () => throwInvalid('its schema says it is required, and the message lacks it');
  }
  if (oneof !== null) return () => undefined;
  if (isMessageType(type)) return () => null;
  if (fallback !== undefined) return () => fallback;
  return () => (presence === 'implicit' ? type.zero : null);
}
