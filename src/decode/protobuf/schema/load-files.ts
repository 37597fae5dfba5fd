import protobuf from 'protobufjs';
import { type Fields, isFields } from '../../decoded-record.ts';
import { Linker } from '../link.ts';
import { readRoot } from '../read-root.ts';
import { descriptorProto } from './descriptor-proto.ts';
import type { ProtoFile } from './file.ts';
import { knownFiles } from './known-files.ts';
import { fileOfDescriptor } from './parse-descriptor.ts';
import { parseText } from './parse-text.ts';

/** A file that a schema imports. */
export interface ImportedFile {
  /** The path that the import has. */
  readonly name: string;
  readonly text: string;
}

/** A schema as a registry stores it. */
export interface ProtobufSchema {
  /** A `.proto` file, or a `FileDescriptorProto` in base64. */
  readonly text: string;
  /** All files that it imports, directly or not, except those that every library has. */
  readonly references: readonly ImportedFile[];
}

/** No `.proto` file consists of these characters alone, because it needs semicolons or braces. */
const base64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** Reads a `FileDescriptorProto`, which is a message itself. */
function descriptorOf(text: string): Fields {
  const file = parseText(protobuf, descriptorProto);
  const [definition] = file.messages;
  if (definition === undefined) return {};
  const bytes = Buffer.from(text, 'base64');
  const value = readRoot(new Linker([file]).link(definition), bytes, 0);
  return isFields(value) ? value : {};
}

/** Parses a schema's own file and all that it imports; its own is the first. */
export function loadFiles({
  text,
  references,
}: ProtobufSchema): readonly [ProtoFile, ...ProtoFile[]] {
  const parse = (source: string): ProtoFile =>
    base64.test(source) ? fileOfDescriptor(descriptorOf(source)) : parseText(protobuf, source);
  const main = parse(text);
  const files: ProtoFile[] = references.map((reference) => parse(reference.text));
  const done = new Set(references.map(({ name }) => name));
  const waiting = [main, ...files].flatMap(({ imports }) => imports);
  for (const path of waiting) {
    const known = done.has(path) ? undefined : knownFiles.get(path);
    done.add(path);
    if (known === undefined) continue;
    const file = parseText(protobuf, known);
    files.push(file);
    waiting.push(...file.imports);
  }
  return [main, ...files];
}
