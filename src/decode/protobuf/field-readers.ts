import type { FieldValue } from '../decoded-record.ts';
import type { FieldReader, Level, MessageType } from './message-type.ts';
import { readMessage } from './read-message.ts';
import type { ScalarReader } from './scalars.ts';
import { WireReader, wireTypes } from './wire.ts';

/** The part of a field's reader that depends on its type. */
export type TypedReader = Pick<FieldReader, 'fits' | 'collect' | 'value'>;

const collectedValue = (collected: unknown): FieldValue => collected as FieldValue;

/** Reads a scalar or enum, of which the last occurrence counts. */
export const scalarField = ({ wireType, read }: ScalarReader): TypedReader => ({
  fits: (found) => found === wireType,
  collect: (input) => read(input),
  value: collectedValue,
});

/** Reads scalars or enums, each with a tag of its own or packed, whatever the schema says. */
export function repeatedScalarField({ wireType, read }: ScalarReader): TypedReader {
  return {
    fits: (found) => found === wireType || found === wireTypes.bytes,
    collect: (input, collected = []) => {
      const items = collected as FieldValue[];
      if ((input.current & 7) === wireType) {
        items.push(read(input));
        return items;
      }
      const packed = new WireReader(input.bytes, input.takeSized(), input.pos);
      while (packed.pos < packed.end) items.push(read(packed));
      return items;
    },
    value: collectedValue,
  };
}

const isMessage = (wireType: number): boolean =>
  wireType === wireTypes.bytes || wireType === wireTypes.group;

/** Moves past a message or group and returns the part of the input that has its fields. */
function takeMessage(input: WireReader): WireReader {
  const { current } = input;
  if ((current & 7) === wireTypes.bytes) {
    const from = input.takeSized();
    return new WireReader(input.bytes, from, input.pos);
  }
  const from = input.pos;
  return new WireReader(input.bytes, from, input.takeGroup(current));
}

const below = ({ depth, budget }: Level): Level => ({ depth: depth + 1, budget });

/**
 * Reads a message. Several occurrences are merged, which is to read them as one after the other.
 */
export const messageField = (type: MessageType): TypedReader => ({
  fits: isMessage,
  collect: (input, collected = []) => {
    (collected as WireReader[]).push(takeMessage(input));
    return collected;
  },
  value: (collected, level) => {
    const parts = collected as WireReader[];
    const [first] = parts as [WireReader];
    if (parts.length === 1) return readMessage(type, first, below(level));
    const bytes = Buffer.concat(parts.map(({ bytes, pos, end }) => bytes.subarray(pos, end)));
    return readMessage(type, new WireReader(bytes, 0, bytes.length), below(level));
  },
});

/** Reads messages. */
export const repeatedMessageField = (type: MessageType): TypedReader => ({
  fits: isMessage,
  collect: (input, collected = [], level) => {
    const items = collected as FieldValue[];
    items.push(readMessage(type, takeMessage(input), below(level)));
    return items;
  },
  value: collectedValue,
});

/** The key and the value of an entry, with their defaults when they are absent. */
export type EntryReader = (
  entry: WireReader,
  level: Level,
) => readonly [key: string, value: FieldValue];

/** Reads a map; the last entry of a key counts. */
export const mapField = (readEntry: EntryReader): TypedReader => ({
  fits: (wireType) => wireType === wireTypes.bytes,
  collect: (input, collected = new Map(), level) => {
    const entries = collected as Map<string, FieldValue>;
    entries.set(...readEntry(takeMessage(input), below(level)));
    return entries;
  },
  // `fromEntries` makes own properties also of names such as `__proto__`.
  value: (collected) => Object.fromEntries(collected as Map<string, FieldValue>),
});
