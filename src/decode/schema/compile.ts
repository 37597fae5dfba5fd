import { quotedName, RecordError } from '../../record-error.ts';
import { parseJson } from '../json.ts';
import { utf8Text } from '../text.ts';
import type { SchemaDecoder } from './decoder.ts';
import { messageOf } from './protobuf-message.ts';

/** A schema with the texts of all that it references. */
export interface SchemaTexts {
  /** `AVRO`, `JSON`, or another type that the registry supports. */
  readonly type: string;
  readonly text: string;
  /** What it references, directly or not: each before those that reference it. */
  readonly references: readonly { readonly name: string; readonly text: string }[];
}

/** Values are plain JSON. They are not validated again; the producer's serializer did that. */
const jsonDecoder: SchemaDecoder = ({ payload }) => parseJson(utf8Text(payload));

async function avroDecoder({ text, references }: SchemaTexts): Promise<SchemaDecoder> {
  const { compileAvro } = await import('../avro/compile.ts');
  const decode = compileAvro([...references.map((reference) => reference.text), text]);
  return ({ payload, hints }) => {
    if (hints.encoding === 'JSON') {
      const reason =
        "it is in Avro's JSON encoding; let Apicurio's serializer write binary (apicurio.registry.avro.encoding=BINARY)";
      throw new RecordError('AVRO_INVALID', reason);
    }
    return decode(payload, 0);
  };
}

async function protobufDecoder(schema: SchemaTexts): Promise<SchemaDecoder> {
  const { compileProtobuf } = await import('../protobuf/compile.ts');
  const { decode, has } = compileProtobuf(schema);
  return (frame) => {
    const { message, start } = messageOf(frame, has);
    return decode(frame.payload, start, message);
  };
}

/**
 * Creates the decoder of a schema. What reads Avro and Protobuf is loaded at the first such schema, so
 * that other sinks do not pay for it. Throws the record errors `SCHEMA_INVALID` and
 * `SCHEMA_TYPE_UNSUPPORTED`.
 */
export async function compileSchema(schema: SchemaTexts): Promise<SchemaDecoder> {
  if (schema.type === 'JSON') return jsonDecoder;
  if (schema.type === 'AVRO') return avroDecoder(schema);
  if (schema.type === 'PROTOBUF') return protobufDecoder(schema);
  const reason = `its type is ${quotedName(schema.type)}, which the function does not decode; let the event source mapping decode it (SchemaRegistryConfig)`;
  throw new RecordError('SCHEMA_TYPE_UNSUPPORTED', reason);
}
