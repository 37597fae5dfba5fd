import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CommandLineError } from './npm-options.ts';
import { root } from './serverless-file.ts';

/**
 * Makes the folder of `--package`, which is relative to the root of the project, before anything is
 * built: osls would fail at its end, with a stack.
 *
 * Throws CommandLineError when it cannot be a folder, or not be written.
 */
export function makePackageFolder(folder: string): void {
  const path = resolve(root, folder);
  const missing: string[] = [];
  let there = path;
  for (; !existsSync(there); there = dirname(there)) missing.unshift(there);
  if (!statSync(there).isDirectory()) throw refused(`${there} is a file`);
  try {
    // One by one, so that each that cannot be made is an error here.
    for (const one of missing) mkdirSync(one);
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw refused(`${path} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}

function refused(problem: string): CommandLineError {
  return new CommandLineError(
    `Nothing was packaged: ${problem}; name another folder with --package`,
  );
}
