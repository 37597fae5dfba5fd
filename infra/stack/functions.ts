import { releaseVariable } from '../../src/runtime/release.ts';
import { environment } from '../sinks-file/environment.ts';
import { releaseTag } from '../sinks-file/schema.ts';
import type { Sink, Stage } from '../sinks-file/sink.ts';
import { type Extensions, given, ref } from './cloudformation.ts';
import { doctorSchedule } from './dead-sink-alarms.ts';
import { doctorFunctionName, doctorName, logicalIds, shared } from './names.ts';
import { nodeOptions } from './node-options.ts';

/** A function as Serverless Framework defines it. */
export type FunctionDefinition = Readonly<Record<string, unknown>>;

/** Lambda's limit. Source: AWS Lambda API reference, "CreateFunction". */
export const longestDescription = 256;

/** The function of a sink. */
export function sinkFunction(sink: Sink, stage: Stage): FunctionDefinition {
  const { role: roleId, errantQueue: queueId } = logicalIds(sink.name);
  const description = `Writes the Kafka topic ${sink.topic} into Salesforce, object ${sink.object}`;
  return given({
    handler: 'dist/sink.handler',
    name: sink.functionName,
    description: description.slice(0, longestDescription),
    role: roleId,
    memorySize: sink.memory,
    timeout: sink.timeout,
    reservedConcurrency: sink.concurrency,
    ...ofStage(stage),
    logs: logs(sink.environment),
    environment: {
      NODE_OPTIONS: nodeOptions(sink.memory),
      // For the doctor, which may not read the tags of functions.
      [releaseVariable]: stage.release,
      ...environment(sink, {
        ledger: sink.ledger ? ref(shared.ledger) : null,
        errantQueue: ref(queueId),
      }),
    },
  });
}

/** Memory of the doctor, in MB. */
export const doctorMemory = 512;

/**
 * The function of `npm run doctor`, which reads every sink of the stage, changes nothing, and runs on a
 * schedule too.
 */
export function doctorFunction(stage: Stage): FunctionDefinition {
  return {
    handler: 'dist/doctor.handler',
    name: doctorFunctionName(stage),
    description: 'Checks the sinks of this stage from inside their account',
    role: logicalIds(doctorName).role,
    memorySize: doctorMemory,
    timeout: 300,
    ...ofStage(stage),
    logs: logs({}),
    events: doctorSchedule(stage),
    environment: { NODE_OPTIONS: nodeOptions(doctorMemory) },
    package: {
      individually: true,
      // Appended to those of serverless.yml.
      patterns: [
        '!dist/sink.mjs',
        '!dist/sink.mjs.map',
        '!dist/sink-parts/**',
        'dist/doctor.mjs',
        'dist/doctor.mjs.map',
        'dist/doctor-parts/*.mjs',
        'dist/doctor-parts/*.mjs.map',
      ],
    },
  };
}

/** What all functions of a stage have in common. */
function ofStage({ tracing, logRetentionDays, vpc, kmsKeyArn, release }: Stage) {
  return given({
    logRetentionInDays: logRetentionDays,
    tracing: tracing ? 'Active' : undefined,
    vpc,
    kmsKeyArn,
    tags: { [releaseTag]: release },
  });
}

/**
 * Lambda's own lines, and the errors of the runtime, as JSON too. Lambda drops lines below its
 * level, and a line without a level, such as a metric, counts as INFO: so it is never higher.
 * Source: AWS Lambda developer guide, "Log-level filtering".
 */
function logs(variables: Readonly<Record<string, string>>) {
  const asked = variables['POWERTOOLS_LOG_LEVEL'] ?? variables['LOG_LEVEL'] ?? 'INFO';
  return { logFormat: 'JSON', applicationLogLevel: asked.toUpperCase(), systemLogLevel: 'INFO' };
}

/**
 * The log groups, which the framework makes, with the key of the stage. They are extensions of its
 * resources.
 */
export function logGroupKeys({ sinks, kmsKeyArn }: Stage): Extensions | undefined {
  if (kmsKeyArn === undefined) return undefined;
  const names = [...sinks.map(({ name }) => name), doctorName];
  const entries = names.map((name) => [
    logicalIds(name).logGroup,
    { Properties: { KmsKeyId: kmsKeyArn } },
  ]);
  return Object.fromEntries(entries);
}
