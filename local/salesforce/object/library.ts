import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type ObjectDescription, objectDescription } from './description.ts';

/** The objects of an org. */
export interface ObjectLibrary {
  /** The object of that name, whatever its case, or undefined. */
  find(name: string): ObjectDescription | undefined;
  /** All of them, by name. */
  all(): readonly ObjectDescription[];
  /** The describe result exactly as the file has it; undefined when there is no such object. */
  source(name: string): unknown;
}

/** The objects that come with the emulator. */
export const standardObjects: string = join(import.meta.dirname, '..', 'objects');

/**
 * Reads every `.json` file of the folders, each a describe result; a later folder's object takes
 * the place of an earlier one of the same name.
 * @throws Error naming the file and the field that does not fit.
 */
export function readObjects(folders: readonly string[]): ObjectLibrary {
  const descriptions = new Map<string, ObjectDescription>();
  const sources = new Map<string, unknown>();
  for (const file of folders.flatMap(jsonFiles)) {
    const source: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const description = parseDescription(file, source);
    descriptions.set(description.name.toLowerCase(), description);
    sources.set(description.name.toLowerCase(), source);
  }
  return {
    find: (name) => descriptions.get(name.toLowerCase()),
    all: () => [...descriptions.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    source: (name) => sources.get(name.toLowerCase()),
  };
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

function parseDescription(file: string, source: unknown): ObjectDescription {
  const parsed = objectDescription.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new Error(`${file} is no describe result: ${z.prettifyError(parsed.error)}`);
}
