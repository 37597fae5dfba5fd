import protobuf from 'protobufjs';
import { descriptorProto } from './descriptor-proto.ts';
import { knownFiles } from './known-files.ts';

/**
 * What schemas are parsed with: protobufjs, and the files that schemas import without registering
 * them. The build makes it a file beside the function, `dist/protobufjs.mjs`, which is loaded with
 * the first Protobuf schema.
 */
export interface SchemaParser {
  readonly protobuf: typeof protobuf;
  readonly descriptorProto: string;
  readonly knownFiles: ReadonlyMap<string, string>;
}

/** The parser of this version. */
export const parser: SchemaParser = { protobuf, descriptorProto, knownFiles };
