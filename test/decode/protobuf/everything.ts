import { readFileSync } from 'node:fs';
import { createFileRegistry, type DescMessage, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/protobuf/${name}`, import.meta.url), 'utf8');

/** The text of a schema with every type. */
export const everythingText = fixture('everything.proto');

const descriptors = Buffer.from(fixture('everything.descriptors.txt'), 'base64');

/** The same schema for @bufbuild/protobuf, from the descriptors that protoc made of it. */
export const everything = createFileRegistry(
  fromBinary(FileDescriptorSetSchema, descriptors),
).getMessage('example.Everything') as DescMessage;
