import { RecordError } from '../../record-error.ts';
import type { FieldValue } from '../decoded-record.ts';
import { findMessage, messagesOf } from './find-message.ts';
import { Linker } from './link.ts';
import type { MessageRef } from './message-ref.ts';
import type { MessageType } from './message-type.ts';
import { readRoot } from './read-root.ts';
import type { MessageDefinition } from './schema/file.ts';
import { loadFiles, type ProtobufSchema } from './schema/load-files.ts';

/** Decodes the values of one schema. */
export interface ProtobufDecoder {
  /** Decodes the message from `start` to the end of `bytes`. */
  readonly decode: (bytes: Buffer, start: number, message: MessageRef) => FieldValue;
  /** Whether the schema has a message. */
  readonly has: (message: MessageRef) => boolean;
}

function decoderOf(schema: ProtobufSchema): ProtobufDecoder {
  const files = loadFiles(schema);
  const [file] = files;
  const linker = new Linker(files);
  // All at once: a broken schema is one for each of its messages.
  const linkAll = (messages: readonly MessageDefinition[]): void => {
    for (const message of messages) {
      linker.link(message);
      linkAll(message.messages);
    }
  };
  linkAll(file.messages);
  const types = new Map<string, MessageType>();
  const typeOf = (ref: MessageRef): MessageType => {
    const key = JSON.stringify(ref);
    const known = types.get(key) ?? linker.link(findMessage(file, ref));
    types.set(key, known);
    return known;
  };
  const decode: ProtobufDecoder['decode'] = (bytes, start, ref) =>
    readRoot(typeOf(ref), bytes, start);
  return { decode, has: (ref) => messagesOf(file, ref).length > 0 };
}

/**
 * Creates the decoder of a schema's messages. Values are as cells need them: well-known types as
 * `TypedValue`, enums as names, bytes as base64.
 *
 * Throws the record error `SCHEMA_INVALID`. The decoder throws `PROTOBUF_INVALID`,
 * `PROTOBUF_TYPE_UNSUPPORTED`, `TEXT_NOT_UTF8` and `NESTING_TOO_DEEP`, and for a value that is
 * itself of a well-known type `DATE_INVALID` and `NUMBER_OUT_OF_RANGE`.
 */
export function compileProtobuf(schema: ProtobufSchema): ProtobufDecoder {
  try {
    return decoderOf(schema);
  } catch (error) {
    if (error instanceof RecordError && error.code === 'SCHEMA_INVALID') throw error;
    // The parser's message quotes the schema.
    throw new RecordError('SCHEMA_INVALID', 'it is not a valid Protobuf schema');
  }
}
