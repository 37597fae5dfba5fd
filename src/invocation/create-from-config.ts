import type { Config } from '../config/config.ts';
import { createDecodeFromConfig } from '../decode/create-from-config.ts';
import { withTransformFromConfig } from '../mapping/transform-records.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Salesforce } from '../salesforce/salesforce.ts';
import { credentialsFrom, type ReadSecret } from '../salesforce/session/credentials.ts';
import { createMeter, errantQueueOf, ledgerOf } from './aws-services.ts';
import { createInvoke, type InvocationParts, type Invoke } from './invoke.ts';

/** What a container has before it loads the rest. */
export interface ContainerParts {
  readonly config: Config;
  readonly runtime: Runtime;
  readonly log: InvocationParts['log'];
  readonly salesforce: Salesforce;
  readonly readSecret: ReadSecret;
}

/** Creates the event handler of a sink, and loads those parts that its settings need. */
export async function createInvokeFromConfig(parts: ContainerParts): Promise<Invoke> {
  const { config, runtime, readSecret, ...others } = parts;
  const readCredentials = credentialsFrom(config.secretId, readSecret);
  const decodeRecords = createDecodeFromConfig(config, runtime, async (deadline, fresh) => {
    const { schemaRegistry } = await readCredentials(deadline, fresh);
    return schemaRegistry;
  });
  const [decode, ledger, reporter] = await Promise.all([
    withTransformFromConfig(decodeRecords, config),
    ledgerOf(config, runtime),
    errantQueueOf(config),
  ]);
  const meter = createMeter(config);
  return createInvoke({ ...others, config, runtime, decode, ledger, reporter, meter });
}
