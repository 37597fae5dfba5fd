import { RecordError } from '../../record-error.ts';
import { maxDepth, throwInvalid, WireReader } from './wire.ts';

/** Which message of a schema a value is, as its serializer names it. */
export type MessageRef =
  /** Confluent: the position among the messages of the file, then of that message, and so on. */
  | { readonly indexes: readonly number[] }
  /** Apicurio: the name of a message of the file, or its full name. */
  | { readonly name: string }
  /** AWS Glue: the position among all messages of the file, ordered by full name. */
  | { readonly ordinal: number };

/** A value's message, and where its bytes start. */
export interface MessageStart {
  readonly message: MessageRef;
  readonly start: number;
}

/** Reads the bytes before a message. Whatever is wrong with them, the reason says what they are for. */
function readPrefix<T>(serializer: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return throwInvalid(
      `the value does not begin with the name of its message, as ${serializer} writes it`,
    );
  }
}

const readerAt = (bytes: Buffer, start: number): WireReader =>
  new WireReader(bytes, start, bytes.length);

/** A zigzag-encoded number that is not negative. */
function index(input: WireReader): number {
  const bits = input.varint();
  return (bits & 1) === 0 && input.high === 0 ? bits >>> 1 : throwInvalid();
}

/**
 * Reads the message indexes of Confluent's serializers, which follow the schema id: their number,
 * then each, all zigzag-encoded; a single zero byte is the first message of the file. Throws the
 * record error `PROTOBUF_INVALID`.
 * Source: Confluent documentation, "Wire format".
 */
export function confluentMessage(bytes: Buffer, start: number): MessageStart {
  return readPrefix("Confluent's serializer", () => {
    const input = readerAt(bytes, start);
    const count = index(input);
    if (count > maxDepth) return throwInvalid();
    const indexes = Array.from({ length: count }, () => index(input));
    return { message: { indexes: count === 0 ? [0] : indexes }, start: input.pos };
  });
}

/**
 * Reads the message index of AWS Glue's serializer, a varint, which follows its frame. Throws the
 * record error `PROTOBUF_INVALID`.
 * Source: awslabs/aws-glue-schema-registry, `ProtobufWireFormatEncoder` and `MessageIndexFinder`.
 */
export function glueMessage(bytes: Buffer, start: number): MessageStart {
  return readPrefix("AWS Glue's serializer", () => {
    const input = readerAt(bytes, start);
    return { message: { ordinal: input.varint() }, start: input.pos };
  });
}

/** The tag of the only field of Apicurio's `Ref`: `string name = 1`. */
export const refTag = 10;

/**
 * Reads the `Ref` of Apicurio's serializer, a message of its length and the name of the value's
 * message. Throws the record error `PROTOBUF_INVALID`.
 * Source: Apicurio Registry, `ProtobufSerializer` and `ref.proto`.
 */
export function apicurioMessage(bytes: Buffer, start: number): MessageStart {
  return readPrefix("Apicurio's serializer", () => {
    const input = readerAt(bytes, start);
    const ref = readerAt(bytes, input.takeSized());
    ref.end = input.pos;
    if (ref.tag() !== refTag) return throwInvalid();
    const from = ref.takeSized();
    if (ref.pos !== ref.end) return throwInvalid();
    return { message: { name: bytes.toString('utf8', from, ref.pos) }, start: input.pos };
  });
}

/** A length of less than 16,384 bytes as a varint. */
const varint = (length: number): readonly number[] =>
  length < 128 ? [length] : [(length & 127) | 128, length >> 7];

/**
 * Returns the message that a header of Apicurio's serializer names. Version 3 writes the `Ref` too,
 * version 2 does not.
 * Source: Apicurio Registry, `ProtobufSerdeHeaders`.
 */
export function apicurioHeaderMessage(bytes: Buffer, header: Buffer): MessageStart {
  const ref = Buffer.from([refTag, ...varint(header.length), ...header]);
  const prefix = Buffer.from([...varint(ref.length), ...ref]);
  const hasRef = prefix.equals(bytes.subarray(0, prefix.length));
  return {
    message: { name: header.toString('utf8') },
    start: hasRef ? prefix.length : 0,
  };
}
