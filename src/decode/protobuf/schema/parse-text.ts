import type protobufjs from 'protobufjs';
import type { EnumDefinition, MessageDefinition, ProtoFile } from './file.ts';
import { fieldOf, isMapEntry, type Protobufjs, presenceOf, type Scope } from './parse-field.ts';

const enumOf = (type: protobufjs.Enum): EnumDefinition => ({
  name: type.fullName,
  values: Object.entries(type.values),
});

function messageOf(type: protobufjs.Type, outer: Scope): MessageDefinition {
  const scope = { ...outer, presence: presenceOf(type, outer.presence) };
  return {
    name: type.fullName,
    fields: type.fieldsArray
      .filter(({ declaringField }) => declaringField === null)
      .map((field) => fieldOf(field, scope)),
    ...typesIn(type, scope),
  };
}

/** The types in a message or package; services contain none that a value could have. */
function typesIn(
  { nestedArray }: protobufjs.NamespaceBase,
  scope: Scope,
): Pick<ProtoFile, 'messages' | 'enums'> {
  const { Type, Enum, Namespace, Service } = scope.protobuf;
  const messages = nestedArray
    .filter((one) => one instanceof Type)
    .filter((type) => !isMapEntry(type));
  const enums = nestedArray.filter((one) => one instanceof Enum);
  const packages = nestedArray
    .filter((one) => one instanceof Namespace)
    .filter((one) => !(one instanceof Type || one instanceof Service))
    .map((one) => typesIn(one, scope));
  return {
    messages: [
      ...messages.map((type) => messageOf(type, scope)),
      ...packages.flatMap((one) => one.messages),
    ],
    enums: [...enums.map(enumOf), ...packages.flatMap((one) => one.enums)],
  };
}

/** The syntax or edition of a text; proto2 without one. */
function syntaxOf(text: string): string {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ' ');
  return /^\s*(?:syntax|edition)\s*=\s*["'](\w+)["']/.exec(code)?.[1] ?? 'proto2';
}

/** A default with a character of Unicode by its number, or with a byte beyond ASCII. */
const misread =
  /\bdefault\s*=\s*(["'])(?:(?!\1)[^\\\n]|\\.)*?\\(?:u|U|[xX][89a-fA-F][\da-fA-F]|[23][0-7]{2})/;

/**
 * Parses the text of a `.proto` file in proto2, proto3 or an edition. Throws an `Error` that may
 * quote the text.
 */
export function parseText(protobuf: Protobufjs, text: string): ProtoFile {
  // A root of its own: names are resolved with protoc's rules, which those of protobufjs are not.
  const { root, imports, weakImports } = protobuf.parse(text, new protobuf.Root(), {
    keepCase: true,
  });
  const presence = syntaxOf(text) === 'proto3' ? 'implicit' : 'explicit';
  return {
    imports: [...(imports ?? []), ...(weakImports ?? [])],
    ...typesIn(root, { protobuf, presence, misreadsTexts: misread.test(text) }),
  };
}
