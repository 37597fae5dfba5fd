import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { LambdaClient } from '@aws-sdk/client-lambda';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { checkSink, type DoctorParts } from '../doctor/check-sink.ts';
import { DeployedSinks } from '../doctor/deployed-sinks.ts';
import type { Finding } from '../doctor/finding.ts';
import { errantQueueOf, ledgerOf } from '../invocation/aws-services.ts';
import { secretsManager } from '../invocation/secrets-manager.ts';
import { awsClient } from '../runtime/aws-client.ts';
import { Deadline } from '../runtime/deadline.ts';
import { systemRuntime } from '../runtime/runtime.ts';

const runtime = systemRuntime();
const log = new Logger({ serviceName: 'msk-salesforce-sink-doctor' });
const parts: DoctorParts = {
  ...{ runtime, log, readSecret: secretsManager(), errantQueueOf },
  sinks: new DeployedSinks(new LambdaClient(awsClient)),
  ledgerOf: (config) => ledgerOf(config, runtime),
};

/** Time limit of one sink, and the time reserved for the reply, in milliseconds. */
const longestMs = 60_000;
const reserveMs = 2_000;

const request = z.object({
  /** Names of the sinks' functions. */
  sinks: z.array(z.string()).check(z.minLength(1)),
  hasMapping: z._default(z.boolean(), true),
});

/** The doctor's reply. */
export interface Diagnosis {
  readonly sinks: readonly {
    readonly functionName: string;
    readonly findings: readonly Finding[];
  }[];
}

/**
 * The doctor function: checks sinks one after the other, from inside their network, and changes
 * nothing. The event names the sinks' functions; the doctor reads everything else itself.
 */
export const handler = middy({ timeoutEarlyInMillis: 0 })
  .use(injectLambdaContext(log, { resetKeys: true, logEvent: false }))
  .handler(async (event: unknown, context: Context): Promise<Diagnosis> => {
    const { sinks, hasMapping } = request.parse(event);
    const examined: Diagnosis['sinks'][number][] = [];
    for (const functionName of sinks) {
      const left = context.getRemainingTimeInMillis() - reserveMs;
      const deadline = new Deadline(runtime.clock, runtime.clock.now() + Math.min(longestMs, left));
      const findings = await checkSink(parts, { functionName, hasMapping, deadline });
      examined.push({ functionName, findings });
    }
    return { sinks: examined };
  });
