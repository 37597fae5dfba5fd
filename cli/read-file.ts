import { readFileSync } from 'node:fs';

/** Reads the text of a file that a command was given. Throws Error that names it and the system's code. */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`cannot read ${path} (${code})`, { cause: error });
  }
}
