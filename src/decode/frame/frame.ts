import type { RegistryName } from '../registry/registry.ts';

/** Which part of a record bytes are. */
export type RecordPart = 'key' | 'value';

/** The headers of a record, the last of a name first to be found. */
export type Headers = readonly (readonly [name: string, value: Buffer | null])[];

/** Bytes that a serializer wrote with a schema, taken out of its frame. */
export interface Frame {
  /** The registry that has the schema. */
  readonly registry: RegistryName;
  /** The schema's identity in that registry: `7`, a GUID or a UUID in lower case. */
  readonly schemaId: string;
  /** The bytes after the frame; still compressed if `isCompressed`. */
  readonly payload: Buffer;
  readonly isCompressed: boolean;
  /** What the serializer wrote about the payload in headers. */
  readonly hints: FrameHints;
}

/** A frame whose payload is inflated. */
export type OpenFrame = Omit<Frame, 'isCompressed'>;

/** What headers say about a payload. */
export interface FrameHints {
  /** Confluent's message indexes, after the schema's identity. */
  readonly messageIndexes?: Buffer;
  /** Apicurio's name of the Protobuf message. */
  readonly messageName?: Buffer;
  /** Apicurio's encoding of Avro: `BINARY` or `JSON`. */
  readonly encoding?: string;
}

/** A frame of one serializer: null if the bytes and headers are not in it. Throws a `RecordError`. */
export type ReadFrame = (bytes: Buffer, headers: Headers, part: RecordPart) => Frame | null;

/** The value of a header; null if there is none. If a name is repeated, the last one counts. */
export function headerOf(headers: Headers, name: string): Buffer | null {
  return headers.findLast(([key]) => key === name)?.[1] ?? null;
}
