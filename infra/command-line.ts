import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readStage, root, SinksFileError, sinksFileOf } from './serverless-file.ts';
import type { Stage } from './sinks-file/sink.ts';

/** Stands in a sinks file for a value that only its owner knows. */
const placeholder = /^(?!\s*#).*PLACEHOLDER/;

/**
 * The command line for osls, made of ours. The sinks file is read first, so that what is wrong with
 * it is told plainly, before anything is built and before anything reaches AWS.
 *
 * Throws SinksFileError when the sinks file is not there or wrong, when it still holds a
 *   placeholder at `deploy`, or when `--sink` names none of its sinks.
 */
export function oslsLine(line: readonly string[]): string[] {
  const { stage = 'dev', param = [], sink } = options(line);
  const path = param.find((one) => one.startsWith('sinks='))?.slice('sinks='.length);
  const file = path ?? sinksFileOf(stage);
  const read = readStage(file, stage);
  if (line[0] === 'deploy') refusePlaceholders(file);
  if (line[0] !== 'logs') return [...line];
  return [...withoutSink(line), '--function', chosenSink(read, sink)];
}

/** Those options of osls that decide what it works on. */
function options(line: readonly string[]) {
  return parseArgs({
    args: [...line],
    strict: false,
    options: {
      stage: { type: 'string', short: 's' },
      param: { type: 'string', multiple: true },
      sink: { type: 'string' },
    },
  }).values as { stage?: string; param?: string[]; sink?: string };
}

function refusePlaceholders(file: string): void {
  const lines = readFileSync(resolve(root, file), 'utf8').split('\n');
  const open = lines.flatMap((text, index) =>
    placeholder.test(text) ? [`  - line ${index + 1}: ${text.trim()}`] : [],
  );
  if (open.length === 0) return;
  const message = `${file} still holds placeholders; nothing was deployed. Fill in:`;
  throw new SinksFileError([message, ...open].join('\n'));
}

/** The sink that is named, or the only one. */
export function chosenSink({ sinks }: Stage, name: string | undefined): string {
  const names = sinks.map((sink) => sink.name);
  const [first = '', second] = names;
  if (name === undefined && second === undefined) return first;
  if (name !== undefined && names.includes(name)) return name;
  const wrong = name === undefined ? 'Say which sink' : `There is no sink ${name}`;
  throw new SinksFileError(`${wrong}: --sink takes ${names.join(', ')}`);
}

/** osls does not know `--sink` of the command `logs`. */
function withoutSink(line: readonly string[]): string[] {
  return line.filter(
    (argument, index) =>
      argument !== '--sink' && line[index - 1] !== '--sink' && !argument.startsWith('--sink='),
  );
}
