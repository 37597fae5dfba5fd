import type { Type, types } from 'avsc';
import { nameOf, type StandIns } from './names.ts';
import { misfit } from './plain.ts';
import type { Read } from './reader.ts';

/** Reads a symbol as the schema has it. */
export const enumReader =
  (standIns: StandIns) =>
  (type: Type): Read => {
    const symbols = (type as types.EnumType).symbols.map((symbol) => nameOf(symbol, standIns));
    return (tap) => symbols[tap.readLong()] ?? misfit();
  };
