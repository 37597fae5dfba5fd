import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { limitIssues } from './limits/check.ts';
import { release } from './release.ts';
import type { Stage } from './sinks-file/sink.ts';
import { readSinksFile } from './sinks-file/sinks-file.ts';
import { type Stack, stack } from './stack/stack.ts';

/** The root of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** A missing, unreadable or invalid sinks file; the message is for the user. */
export class SinksFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SinksFileError';
    // osls prints the stack of an error, which is no help here.
    this.stack = message;
  }
}

/** The sinks file of `stage`, unless `--param sinks=…` names another. */
export function sinksFileOf(stage: string): string {
  return `infra/sinks/${stage}.yml`;
}

/**
 * Reads a sinks file; `path` is relative to the root of the project.
 *
 * Throws SinksFileError with the file and every problem in it.
 */
export function readStage(path: string, stage: string): Stage {
  const shown = path.replace(/^\.\//, '');
  const source = sourceOf(path, shown);
  const place = { service: service(), stage, release: release() };
  const read = readSinksFile(source, place, limitIssues);
  if (read.stage !== null) return read.stage;
  const lines = read.problems.map((problem) => `  - ${problem}`);
  throw new SinksFileError([`${shown} is invalid:`, ...lines].join('\n'));
}

/** The text of a sinks file. Throws SinksFileError. */
function sourceOf(path: string, shown: string): string {
  try {
    return readFileSync(resolve(root, path), 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new SinksFileError(unreadable(shown, code ?? message));
  }
}

function unreadable(shown: string, code: string): string {
  if (code === 'EISDIR') return `${shown} is a folder: name the sinks file in it`;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') {
    return `${shown} cannot be read (${code}): check its owner and its rights`;
  }
  const known = globSync('infra/sinks/*.yml', { cwd: root }).map((file) => basename(file, '.yml'));
  return `There is no ${shown}; copy one of: ${known.toSorted().join(', ')}`;
}

/** The argument that osls passes to a function behind `${file(…)}`. */
interface VariableContext {
  resolveVariable(name: string): Promise<string>;
}

/** The value of `${file(./infra/stack.cjs):…}` in serverless.yml. */
export async function stackOf({ resolveVariable }: VariableContext): Promise<Stack> {
  const path = await resolveVariable('self:custom.sinks');
  return stack(readStage(path, await resolveVariable('sls:stage')));
}

function service(): string {
  const { service } = parse(readFileSync(join(root, 'serverless.yml'), 'utf8'));
  return String(service);
}
