import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { SQSClientConfig } from '@aws-sdk/client-sqs';
import { chosenSink } from '../infra/command-line.ts';
import { readStage, sinksFileOf } from '../infra/serverless-file.ts';

/** Where `doctor` and `replay` go: deployed sinks, and how to reach them. */
export interface Target {
  /** The sinks, by name, with the names of their functions. */
  readonly sinks: readonly { readonly name: string; readonly functionName: string }[];
  readonly doctor: string;
  readonly lambda: LambdaClientConfig;
  readonly sqs: SQSClientConfig;
  /** Ends what stands in for AWS; on a deployed stage there is nothing to end. */
  close(): Promise<void>;
}

/** The options that say where to go. */
export interface Place {
  readonly stage: string;
  /** The sinks file, when it is not the stage's own. */
  readonly sinksFile: string | null;
  /** The sink that is meant; null: not said. */
  readonly sink: string | null;
}

/** What `parseArgs` needs to read a `Place`. */
export const placeOptions = {
  stage: { type: 'string', short: 's', default: 'dev' },
  param: { type: 'string', multiple: true, default: [] as string[] },
  sink: { type: 'string' },
} as const;

/** Reads a `Place` from the values of `placeOptions`; `--param` is that of osls. */
export function placeOf(values: { stage: string; param: string[]; sink?: string }): Place {
  const file = values.param.find((one) => one.startsWith('sinks='))?.slice('sinks='.length);
  return { stage: values.stage, sinksFile: file ?? null, sink: values.sink ?? null };
}

/**
 * The sinks of a stage, with the AWS credentials of whoever calls.
 *
 * Throws SinksFileError when the sinks file is not there or wrong, or has no such sink.
 */
export function stageTarget({ stage: name, sinksFile, sink }: Place): Target {
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
