import { RecordError } from '../../record-error.ts';
import type { MessageRef } from './message-ref.ts';
import { type MessageDefinition, mapEntryName, type ProtoFile } from './schema/file.ts';

/** A message with all messages in it, at any depth. */
const withNested = (message: MessageDefinition): readonly MessageDefinition[] => [
  message,
  ...message.messages.flatMap(withNested),
];

/** The names of the types that protoc makes for the entries of maps. */
const entryNames = ({ name, fields }: MessageDefinition): readonly string[] =>
  fields
    .filter(({ keyType }) => keyType !== null)
    .map((field) => `${name}.${mapEntryName(field.name)}`);

function byIndexes(file: ProtoFile, indexes: readonly number[]): MessageDefinition | undefined {
  let found: MessageDefinition | undefined;
  let { messages } = file;
  for (const index of indexes) {
    found = messages[index];
    messages = found?.messages ?? [];
  }
  return found;
}

/**
 * Apicurio writes a name without its package and its outer message. Of several with that name the one
 * that is in no other is meant, as Apicurio's own reader finds it.
 */
function byName(file: ProtoFile, name: string): readonly MessageDefinition[] {
  const all = file.messages.flatMap(withNested);
  const isNamed = (message: MessageDefinition) => message.name.endsWith(`.${name}`);
  const found = [
    all.filter((message) => message.name === `.${name}`),
    file.messages.filter(isNamed),
    all.filter(isNamed),
  ];
  return found.find(({ length }) => length > 0) ?? [];
}

/** Map entries have positions too. Names are compared as Java compares them, by UTF-16 unit. */
function byOrdinal(file: ProtoFile, ordinal: number): MessageDefinition | undefined {
  const all = file.messages.flatMap(withNested);
  const names = all.flatMap((message) => [message.name, ...entryNames(message)]).toSorted();
  return all.find(({ name }) => name === names[ordinal]);
}

/** The messages of a file that may be meant, mostly one. */
export function messagesOf(file: ProtoFile, ref: MessageRef): readonly MessageDefinition[] {
  if ('name' in ref) return byName(file, ref.name);
  const found = 'indexes' in ref ? byIndexes(file, ref.indexes) : byOrdinal(file, ref.ordinal);
  return found === undefined ? [] : [found];
}

/** Finds a message of a file. Throws the record error `PROTOBUF_INVALID`. */
export function findMessage(file: ProtoFile, ref: MessageRef): MessageDefinition {
  const [found, ...others] = messagesOf(file, ref);
  if (found !== undefined && others.length === 0) return found;
  const problem =
    found === undefined
      ? 'the value names a message that its schema lacks'
      : `the value names its message without the outer one, and ${others.length + 1} messages of its schema have that name`;
  throw new RecordError('PROTOBUF_INVALID', problem);
}
