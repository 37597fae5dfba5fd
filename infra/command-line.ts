import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandLineError, refuseNpmOptions } from './npm-options.ts';
import { isOslsCommand, optionsOf } from './osls-commands.ts';
import { helpOf } from './osls-help.ts';
import { type Choice, readOslsOptions } from './osls-options.ts';
import { makePackageFolders } from './package-folder.ts';
import { readStage, root, SinksFileError, sinksFileOf } from './serverless-file.ts';
import type { Stage } from './sinks-file/sink.ts';
import { refuseStageCredentials } from './stage-credentials.ts';

/** A line of a sinks file with a value that its owner must fill in. */
const placeholder = /^(?!\s*#).*PLACEHOLDER/;

/**
 * The command line for osls, or the help that was asked for instead. Options and the sinks file are checked
 * first, so that their problems are reported before anything is built and before anything reaches AWS.
 *
 * Throws CommandLineError when the line is not understood or npm kept a part of it, SinksFileError
 * when the sinks file is missing or invalid, or when it still has a placeholder at `deploy`.
 */
export function oslsLine(
  line: readonly string[],
  variables: Readonly<Record<string, string | undefined>> = process.env,
): string[] | { readonly help: string } {
  const [command = '', ...args] = line;
  if (!isOslsCommand(command)) throw new CommandLineError(`There is no command ${command}`);
  refuseNpmOptions(command, optionsOf(command), { variables, args });
  const choice = readOslsOptions(command, args);
  if (choice.help) return { help: helpOf(command) };
  const file = sinksFileIn(choice.param) ?? sinksFileOf(choice.stage);
  checkTarget(command, { ...choice, file }, variables);
  return [...line];
}

/** What a command of osls would act on. */
interface CommandTarget extends Pick<Choice, 'stage' | 'region' | 'package' | 'profile'> {
  readonly file: string;
}

/**
 * Checks what a command of osls would act on, by whichever way it was started.
 *
 * Throws as {@link oslsLine} does.
 */
export function checkTarget(
  command: string,
  target: CommandTarget,
  variables: Readonly<Record<string, string | undefined>>,
): void {
  const { file, region } = target;
  // Packaging asks nobody.
  if (command !== 'package') refuseStageCredentials(target, variables);
  const stage = readStage(file, target.stage);
  checkRegion(region, stage, file);
  if (command === 'deploy' || command === 'deploy function') refusePlaceholders(file);
  if (command === 'deploy') refuseOtherPackage(target, stage);
  if (command === 'package') makePackageFolders(target.package);
  if (command === 'deploy' && target.package === null) makePackageFolders(null);
}

/**
 * The sinks file in the values of osls's option `--param`; null when there are none. Of several osls
 * would take the last, and it would ignore another name.
 *
 * Throws CommandLineError.
 */
export function sinksFileIn(params: readonly string[]): string | null {
  const [param, second] = params;
  for (const one of params) {
    const [name = ''] = one.split('=');
    if (name === 'sinks' && one !== name) continue;
    throw new CommandLineError(`Nothing was done: --param takes sinks=FILE alone, not ${name}`);
  }
  if (second !== undefined) {
    throw new CommandLineError('Nothing was done: --param sinks= is given twice; give it once');
  }
  const file = param?.slice('sinks='.length) ?? null;
  if (file !== '') return file;
  throw new CommandLineError('Nothing was done: --param sinks= needs a file');
}

/**
 * The region of a stage is in its sinks file, where its clusters are too.
 *
 * Throws CommandLineError for another region.
 */
export function checkRegion(region: string | null, stage: Stage, file: string): void {
  if (region === null || region === stage.region) return;
  throw new CommandLineError(
    `Nothing was done: --region is ${region}, but the stage ${stage.stage} is in ${stage.region}: leave out --region, or change region in ${file}`,
  );
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

/** A folder that `npm run package` made for another stage would replace the stack of this one. */
function refuseOtherPackage({ package: folder }: CommandTarget, { stage, region }: Stage): void {
  if (folder === null) return;
  const path = join(resolve(root, folder), 'serverless-state.json');
  if (!existsSync(path)) {
    throw new CommandLineError(`Nothing was deployed: ${folder} is not a package; make it with
  npm run package -- --stage ${stage} --package ${folder}`);
  }
  const { provider } = JSON.parse(readFileSync(path, 'utf8')).service;
  if (provider.stage === stage && provider.region === region) return;
  throw new CommandLineError(
    `Nothing was deployed: ${folder} is a package of the stage ${provider.stage} in ${provider.region}, not of ${stage} in ${region}`,
  );
}

/** The named sink, or the only one. Throws SinksFileError. */
export function chosenSink({ sinks }: Stage, name: string | null): string {
  const names = sinks.map((sink) => sink.name);
  const [first = '', second] = names;
  if (name === null && second === undefined) return first;
  if (name !== null && names.includes(name)) return name;
  const wrong = name === null ? 'Choose a sink' : `There is no sink ${name}`;
  throw new SinksFileError(`${wrong}: --sink takes ${names.join(', ')}`);
}
