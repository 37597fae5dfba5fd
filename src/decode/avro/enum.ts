import type { Type, types } from 'avsc';
import { type AsciiNames, originalName } from './ascii-names.ts';
import type { Read } from './custom-type.ts';
import { throwInvalid } from './primitives.ts';

/** Reads a symbol. */
export const enumReader =
  (names: AsciiNames) =>
  (type: Type): Read => {
    const symbols = (type as types.EnumType).symbols.map((symbol) => originalName(symbol, names));
    return (input) => symbols[input.readLong()] ?? throwInvalid();
  };
