import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type ObjectDescription, objectDescription } from './description.ts';

/** The objects of an org. */
export interface ObjectLibrary {
  /** The object of that name in any case, or undefined. */
  find(name: string): ObjectDescription | undefined;
  /** All of them, by name. */
  all(): readonly ObjectDescription[];
  /** The describe result unchanged; undefined without such an object. */
  source(name: string): unknown;
  /**
   * Adds or changes an object, from a describe result.
   * @throws Error naming the invalid property.
   */
  put(source: unknown): ObjectDescription;
  /** Restores the objects of the files. */
  reset(): void;
}

/** The objects that come with the emulator. */
export const standardObjects: string = join(import.meta.dirname, '../../objects');

/**
 * Reads every `.json` file of the folders, each a describe result; an object of a later folder
 * replaces the one of the same name.
 * @throws Error naming the file and the invalid property.
 */
export function readObjects(folders: readonly string[]): ObjectLibrary {
  const files = folders.flatMap(jsonFiles).map(readEntry);
  const entries = new Map<string, Entry>();
  const add = (entry: Entry) => {
    entries.set(entry.description.name.toLowerCase(), entry);
    return entry.description;
  };
  files.forEach(add);
  return {
    find: (name) => entries.get(name.toLowerCase())?.description,
    all: () =>
      [...entries.values()]
        .map(({ description }) => description)
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    source: (name) => entries.get(name.toLowerCase())?.source,
    put: (source) => add({ source, description: parseDescription('This', source) }),
    reset: () => {
      entries.clear();
      files.forEach(add);
    },
  };
}

/**
 * The object of owners.
 * @throws Error when the library does not have it.
 */
export function findUser(objects: ObjectLibrary): ObjectDescription {
  const user = objects.find('User');
  if (!user) throw new Error('There is no object named User');
  return user;
}

interface Entry {
  readonly description: ObjectDescription;
  readonly source: unknown;
}

function readEntry(file: string): Entry {
  const source: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return { source, description: parseDescription(file, source) };
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

function parseDescription(origin: string, source: unknown): ObjectDescription {
  const parsed = objectDescription.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new Error(`${origin} is not a describe result: ${z.prettifyError(parsed.error)}`);
}
