import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readStage, root, SinksFileError, sinksFileOf } from './serverless-file.ts';
import type { Stage } from './sinks-file/sink.ts';

/** A line of a sinks file with a value that its owner must fill in. */
const placeholder = /^(?!\s*#).*PLACEHOLDER/;

/**
 * The command line for osls. The sinks file is checked first, so that its problems are reported
 * before anything is built and before anything reaches AWS.
 *
 * Throws SinksFileError when the sinks file is missing or invalid, or when it still has a placeholder
 * at `deploy`.
 */
export function oslsLine(line: readonly string[]): string[] {
  const { stage = 'dev', param = [] } = parseLine(line).values as Values;
  const file = sinksFileIn(param) ?? sinksFileOf(stage);
  readStage(file, stage);
  if (line[0] === 'deploy') refusePlaceholders(file);
  return [...line];
}

/** The sinks file in the values of osls's option `--param`; null when it is not among them. */
export function sinksFileIn(params: readonly string[]): string | null {
  const prefix = 'sinks=';
  return params.find((param) => param.startsWith(prefix))?.slice(prefix.length) ?? null;
}

interface Values {
  readonly stage?: string;
  readonly param?: string[];
}

/** Parses the options that choose the stage and the sink; osls checks the others. */
function parseLine(line: readonly string[]) {
  return parseArgs({
    args: [...line],
    strict: false,
    options: {
      stage: { type: 'string', short: 's' },
      param: { type: 'string', multiple: true },
    },
  });
}

function refusePlaceholders(file: string): void {
  const lines = readFileSync(resolve(root, file), 'utf8').split('\n');
  const open = lines.flatMap((text, index) =>
    placeholder.test(text) ? [`  - line ${index + 1}: ${text.trim()}`] : [],
  );
  if (open.length === 0) return;
  const message = `${file} still has placeholders; nothing was deployed. Fill in:`;
  throw new SinksFileError([message, ...open].join('\n'));
}

/** The named sink, or the only one. Throws SinksFileError. */
export function chosenSink({ sinks }: Stage, name: string | undefined): string {
  const names = sinks.map((sink) => sink.name);
  const [first = '', second] = names;
  if (name === undefined && second === undefined) return first;
  if (name !== undefined && names.includes(name)) return name;
  const wrong = name === undefined ? 'Choose a sink' : `There is no sink ${name}`;
  throw new SinksFileError(`${wrong}: --sink takes ${names.join(', ')}`);
}
