import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Stage } from './sinks-file/sink.ts';
import { readSinksFile } from './sinks-file/sinks-file.ts';
import { type Stack, stack } from './stack/stack.ts';

/** The root of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Thrown for a sinks file that is not there or not right; its message is all a user needs. */
export class SinksFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SinksFileError';
    // osls prints the stack of what a file of ours throws; this error is not about our code.
    this.stack = message;
  }
}

/** Where the sinks of `stage` are listed, unless `--param sinks=…` says otherwise. */
export function sinksFileOf(stage: string): string {
  return `infra/sinks/${stage}.yml`;
}

/**
 * Reads a sinks file; `path` counts from the root of the project.
 *
 * Throws SinksFileError naming the file and every problem in it.
 */
export function readStage(path: string, stage: string): Stage {
  const full = resolve(root, path);
  const shown = path.replace(/^\.\//, '');
  if (!existsSync(full)) {
    const known = globSync('infra/sinks/*.yml', { cwd: root }).map((file) =>
      basename(file, '.yml'),
    );
    throw new SinksFileError(`There is no ${shown}; copy one of: ${known.toSorted().join(', ')}`);
  }
  const read = readSinksFile(readFileSync(full, 'utf8'), { service: service(), stage });
  if (read.stage !== null) return read.stage;
  const lines = read.problems.map((problem) => `  - ${problem}`);
  throw new SinksFileError([`${shown} is invalid:`, ...lines].join('\n'));
}

/** What osls and Serverless Framework hand to a function behind `${file(…)}`. */
interface VariableContext {
  resolveVariable(name: string): Promise<string>;
}

/** What stands behind `${file(./infra/stack.cjs):…}` in serverless.yml. */
export async function stackOf({ resolveVariable }: VariableContext): Promise<Stack> {
  const path = await resolveVariable('self:custom.sinks');
  return stack(readStage(path, await resolveVariable('sls:stage')));
}

function service(): string {
  const { service } = parse(readFileSync(join(root, 'serverless.yml'), 'utf8'));
  return String(service);
}
