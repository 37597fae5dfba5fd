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

function byName(file: ProtoFile, name: string): MessageDefinition | undefined {
  const all = file.messages.flatMap(withNested);
  const full = all.find((message) => message.name === `.${name}`);
  // Apicurio writes a name without its package and its outer message; an outer one comes first.
  const isNamed = (message: MessageDefinition) => message.name.endsWith(`.${name}`);
  return full ?? file.messages.find(isNamed) ?? all.find(isNamed);
}

/** Map entries have positions too. Names are compared as Java compares them, by UTF-16 unit. */
function byOrdinal(file: ProtoFile, ordinal: number): MessageDefinition | undefined {
  const all = file.messages.flatMap(withNested);
  const names = all.flatMap((message) => [message.name, ...entryNames(message)]).toSorted();
  return all.find(({ name }) => name === names[ordinal]);
}

/** Finds a message of a file. Throws the record error `PROTOBUF_INVALID`. */
export function findMessage(file: ProtoFile, ref: MessageRef): MessageDefinition {
  const found =
    'indexes' in ref
      ? byIndexes(file, ref.indexes)
      : 'name' in ref
        ? byName(file, ref.name)
        : byOrdinal(file, ref.ordinal);
  if (found !== undefined) return found;
  throw new RecordError('PROTOBUF_INVALID', 'the value names a message that its schema lacks');
}
