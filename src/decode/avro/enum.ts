import type { Type } from 'avsc';
import { nameOf, type StandIns } from './names.ts';
import { type Read, readOf } from './reader.ts';

/** Reads a symbol as the schema has it. */
export const enumReader =
  (standIns: StandIns) =>
  (type: Type): Read => {
    const read = readOf(type);
    return (tap) => nameOf(read(tap) as string, standIns);
  };
