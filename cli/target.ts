import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { SQSClientConfig } from '@aws-sdk/client-sqs';
import { chosenSink, sinksFileIn } from '../infra/command-line.ts';
import { readStage, sinksFileOf } from '../infra/serverless-file.ts';

/** The sinks that `doctor` and `replay` work on, and how to reach them. */
export interface Target {
  /** The sinks and the names of their functions. */
  readonly sinks: readonly { readonly name: string; readonly functionName: string }[];
  readonly doctor: string;
  readonly lambda: LambdaClientConfig;
  readonly sqs: SQSClientConfig;
  /** Stops a local environment; does nothing for a deployed stage. */
  close(): Promise<void>;
}

/** The options that choose a stage and a sink. */
export interface TargetOptions {
  readonly stage: string;
  /** Null: the stage's own file. */
  readonly sinksFile: string | null;
  /** Null: not given. */
  readonly sink: string | null;
}

/** The options as `parseArgs` takes them. */
export const targetOptions = {
  stage: { type: 'string', short: 's', default: 'dev' },
  param: { type: 'string', multiple: true, default: [] as string[] },
  sink: { type: 'string' },
} as const;

/** Reads the values of `targetOptions`; `--param` is that of osls. */
export function readTargetOptions(values: {
  stage: string;
  param: string[];
  sink?: string;
}): TargetOptions {
  return {
    stage: values.stage,
    sinksFile: sinksFileIn(values.param),
    sink: values.sink ?? null,
  };
}

/**
 * The deployed sinks of a stage, with the AWS credentials of the caller.
 *
 * Throws SinksFileError when the sinks file is missing or invalid, or has no such sink.
 */
export function stageTarget({ stage: name, sinksFile, sink }: TargetOptions): Target {
  const stage = readStage(sinksFile ?? sinksFileOf(name), name);
  const chosen = sink === null ? null : chosenSink(stage, sink);
  const { region } = stage;
  return {
    sinks: stage.sinks.filter((one) => chosen === null || one.name === chosen),
    doctor: `${stage.service}-${stage.stage}-doctor`,
    lambda: { region },
    sqs: { region },
    close: async () => undefined,
  };
}
