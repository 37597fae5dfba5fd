import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CommandLineError } from './npm-options.ts';
import { root } from './serverless-file.ts';

/** The folder of osls, whose contents it copies into that of `--package`. */
const folderOfOsls = '.serverless';

/**
 * Makes the folders of a package before anything is built: osls would fail in the middle, with a stack.
 * `folder` is that of `--package`, relative to the root of the project; null: not given.
 *
 * Throws CommandLineError when one cannot be a folder, or not be written.
 */
export function makePackageFolders(folder: string | null): void {
  make(folderOfOsls, 'move it away, or change its rights');
  if (folder !== null) make(folder, 'name another folder with --package');
}

function make(folder: string, remedy: string): void {
  const path = resolve(root, folder);
  const missing: string[] = [];
  let there = path;
  for (; !existsSync(there); there = dirname(there)) missing.unshift(there);
  if (!statSync(there).isDirectory()) throw refused(`${there} is a file`, remedy);
  try {
    // One by one, so that each that cannot be made is an error here.
    for (const one of missing) mkdirSync(one);
    accessSync(path, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refused(`${path} cannot be written (${code})`, remedy);
  }
}

function refused(problem: string, remedy: string): CommandLineError {
  return new CommandLineError(`Nothing was packaged: ${problem}; ${remedy}`);
}
