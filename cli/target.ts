import type { CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { SQSClientConfig } from '@aws-sdk/client-sqs';
import type { AwsPlace } from '../infra/aws-errors.ts';
import { checkRegion, chosenSink, sinksFileIn } from '../infra/command-line.ts';
import { CommandLineError, rightLine } from '../infra/npm-options.ts';
import { stageName } from '../infra/osls-options.ts';
import { readStage, sinksFileOf } from '../infra/serverless-file.ts';
import { doctorFunctionName } from '../infra/stack/names.ts';

/** The sinks that `doctor`, `replay` and `logs` work on, and how to reach them. */
export interface Target {
  /** The sinks and the names of their functions. */
  readonly sinks: readonly { readonly name: string; readonly functionName: string }[];
  /** The name of the doctor's function. */
  readonly doctor: string;
  readonly lambda: LambdaClientConfig;
  readonly sqs: SQSClientConfig;
  /** Null for a local environment. */
  readonly place: AwsPlace | null;
  /** Stops a local environment; does nothing for a deployed stage. */
  close(): Promise<void>;
}

/** A deployed stage. */
export interface StageTarget extends Target {
  readonly logs: CloudWatchLogsClientConfig;
}

/** The options that choose a stage and a sink. */
export interface TargetOptions {
  readonly stage: string;
  /** Null: the stage's own file. */
  readonly sinksFile: string | null;
  /** Null: not given. */
  readonly sink: string | null;
  /** The region that was asked for; null: not given. */
  readonly region: string | null;
  /** The profile of the AWS credentials; null: those of the environment. */
  readonly profile: string | null;
}

/** The options as `parseArgs` takes them; they are those of `npm run deploy`. */
export const targetOptions = {
  stage: { type: 'string', short: 's' },
  param: { type: 'string', multiple: true, default: [] as string[] },
  sink: { type: 'string' },
  region: { type: 'string', short: 'r' },
  'aws-profile': { type: 'string' },
} as const;

/** What `--help` says of the AWS options that all commands take. */
export const awsUsage = `  --aws-profile P   use this AWS profile (AWS_PROFILE, else the SDK's default credentials)
  --region REGION   refuse any other region than the stage's own
  --param sinks=F   use another sinks file than infra/sinks/STAGE.yml`;

/** Reads the values of `targetOptions`; `--param` is that of osls. */
export function readTargetOptions(values: {
  stage?: string;
  param: string[];
  sink?: string;
  region?: string;
  'aws-profile'?: string;
}): TargetOptions {
  return {
    stage: stageName(values.stage ?? 'dev'),
    sinksFile: sinksFileIn(values.param),
    sink: values.sink ?? null,
    region: values.region ?? null,
    profile: values['aws-profile'] ?? process.env['AWS_PROFILE'] ?? null,
  };
}

/**
 * Refuses a command line with neither a stage nor `--local`, since npm drops `--local` where no `--` comes
 * before it, without a trace, and the command would act on a deployed stage; and one with both, whose
 * result would be taken for that of the stage. Throws CommandLineError.
 */
export function requireStage(
  command: string,
  values: Readonly<Parameters<typeof readTargetOptions>[0]> & { readonly local: boolean },
  args: readonly string[],
): void {
  if (values.local) refuseBesideLocal(values);
  else if (values.stage === undefined) throw stageMissing(command, args);
}

function stageMissing(command: string, args: readonly string[]): CommandLineError {
  return new CommandLineError(
    `Nothing was done: name the stage, or --local. npm passes on neither without -- before it. Run:\n  ${rightLine(command, ['--stage', 'dev', ...args])}\n  ${rightLine(command, ['--local', ...args])}`,
  );
}

/** The sink of a local deployment. */
const localSink = 'contacts';

function refuseBesideLocal(values: Readonly<Parameters<typeof readTargetOptions>[0]>): void {
  const { param, sink } = values;
  const given = (['stage', 'region', 'aws-profile'] as const).filter((name) => name in values);
  const named = [...given, ...(param.length > 0 ? ['param'] : [])].map((name) => `--${name}`);
  if (named.length > 0) {
    throw new CommandLineError(
      `Nothing was done: --local works on this machine alone, and ${named.join(', ')} on a deployed stage: leave out one or the other`,
    );
  }
  if (sink === undefined || sink === localSink) return;
  throw new CommandLineError(`Nothing was done: with --local, --sink takes ${localSink} alone`);
}

/**
 * The deployed sinks of a stage, with the AWS credentials of the caller.
 *
 * Throws SinksFileError when the sinks file is missing or invalid, or has no such sink;
 * CommandLineError for another region than that of the file.
 */
export function stageTarget(options: TargetOptions): StageTarget {
  const { stage: name, sink, profile } = options;
  const file = options.sinksFile ?? sinksFileOf(name);
  const stage = readStage(file, name);
  checkRegion(options.region, stage, file);
  const chosen = sink === null ? null : chosenSink(stage, sink);
  const { region } = stage;
  const client = { region, ...(profile === null ? {} : { profile }) };
  return {
    sinks: stage.sinks.filter((one) => chosen === null || one.name === chosen),
    doctor: doctorFunctionName(stage),
    lambda: client,
    sqs: client,
    logs: client,
    place: { stage: name, region, profile },
    close: async () => undefined,
  };
}

/** The one sink of a target. Throws Error with a sentence for the user when it has several. */
export function onlySink({ sinks }: Pick<Target, 'sinks'>): Target['sinks'][number] {
  const [sink, other] = sinks;
  if (sink !== undefined && other === undefined) return sink;
  throw new Error(`Choose a sink: --sink takes ${sinks.map(({ name }) => name).join(', ')}`);
}
