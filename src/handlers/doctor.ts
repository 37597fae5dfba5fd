import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { LambdaClient } from '@aws-sdk/client-lambda';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { checkSink, type DoctorParts, type Examined } from '../doctor/check-sink.ts';
import { DeployedSinks } from '../doctor/deployed-sinks.ts';
import { reportFindings } from '../doctor/report-findings.ts';
import { errantQueueOf, ledgerOf } from '../invocation/aws-services.ts';
import { secretsManager } from '../invocation/secrets-manager.ts';
import { awsClientOptions } from '../runtime/aws-client.ts';
import { Deadline } from '../runtime/deadline.ts';
import { release } from '../runtime/release.ts';
import { systemRuntime } from '../runtime/runtime.ts';

const runtime = systemRuntime();
const log = new Logger({ serviceName: 'msk-salesforce-sink-doctor', persistentKeys: { release } });
const parts: DoctorParts = {
  runtime,
  log,
  readSecret: secretsManager(),
  errantQueueOf,
  sinks: new DeployedSinks(new LambdaClient(awsClientOptions)),
  ledgerOf: (config) => ledgerOf(config, runtime),
};

/** Longest time of one sink, and the time reserved for the reply, in milliseconds. */
const longestMs = 60_000;
const reserveMs = 2_000;

const request = z.object({
  /** Names of the sinks' functions. */
  sinks: z.array(z.string()).check(z.minLength(1)),
  hasMapping: z._default(z.boolean(), true),
  /** Whether the org's jobs are listed, which takes a call for each thousand. */
  listsJobs: z._default(z.boolean(), true),
  /** Whether the failed checks are counted as a metric and logged, as on the schedule. */
  reports: z._default(z.boolean(), false),
});

/** The doctor's reply. */
export interface Diagnosis {
  /** The release of the doctor. */
  readonly release: string;
  readonly sinks: readonly (Examined & { readonly functionName: string })[];
}

/**
 * The doctor function: checks sinks one after the other, from inside their network, and changes
 * nothing. On its schedule it also counts what failed. The event names the sinks' functions; the
 * doctor reads everything else itself.
 */
export const handler = middy({ timeoutEarlyInMillis: 0 })
  .use(injectLambdaContext(log, { resetKeys: true, logEvent: false }))
  .handler(async (event: unknown, context: Context): Promise<Diagnosis> => {
    const { sinks, reports, ...asked } = request.parse(event);
    const examined: Diagnosis['sinks'][number][] = [];
    for (const [index, functionName] of sinks.entries()) {
      const left = context.getRemainingTimeInMillis() - reserveMs;
      const shareMs = Math.min(longestMs, left / (sinks.length - index));
      const deadline = new Deadline(runtime.clock, runtime.clock.now() + shareMs);
      const found = await checkSink(parts, { functionName, deadline, ...asked });
      examined.push({ functionName, ...found });
    }
    if (reports) reportFindings(log, context.functionName, examined);
    return { release, sinks: examined };
  });
