import type { Pace } from 'salesforce-bulk-emulator';
import { type FunctionService, startFunctions } from '../aws/functions.ts';
import { localClient } from '../aws/local-client.ts';
import { type Environment, startEnvironment } from '../environment/environment.ts';
import { type AllServers, startAllServers } from '../environment/servers.ts';
import { builtFunction } from '../lambda-runtime/built-function.ts';
import type { FunctionLine, FunctionSettings } from '../lambda-runtime/function-settings.ts';

/** One sink and the doctor, deployed on this machine, with the org that the sink writes into. */
export interface LocalDeployment extends Environment, AllServers {
  readonly functions: FunctionService;
  /** The sink's settings as they are deployed. */
  readonly sink: FunctionSettings;
  /** What SDK clients need to reach Lambda and SQS here. */
  readonly clients: Readonly<Record<'lambda' | 'sqs', LocalClient>>;
}

type LocalClient = typeof localClient & { readonly endpoint: string };

const prefix = 'msk-salesforce-sink-local';

/** The names of the functions. */
export const functionNames = { sink: `${prefix}-contacts`, doctor: `${prefix}-doctor` } as const;

/**
 * Starts an environment and deploys the built functions in it: a sink of contacts, with `settings`
 * of its own, and the doctor. `onLine` gets what they write.
 */
export async function startDeployment(
  settings: Readonly<Record<string, string>> = {},
  pace: Partial<Pace> = {},
  onLine: (line: FunctionLine) => void = () => undefined,
): Promise<LocalDeployment> {
  const environment = await startEnvironment(await startAllServers(pace));
  const functions = await startFunctions(onLine);
  const endpoints = { ...environment.endpoints, AWS_ENDPOINT_URL_LAMBDA: functions.url };
  const object = { SALESFORCE_OBJECT: 'Contact' };
  const sink = deployed('sink', {
    ...endpoints,
    ...object,
    ...environment.sinkSettings,
    ...settings,
  });
  functions.deploy(sink);
  functions.deploy(deployed('doctor', endpoints));
  return {
    ...environment,
    functions,
    sink,
    clients: {
      lambda: { ...localClient, endpoint: functions.url },
      sqs: { ...localClient, endpoint: environment.errantQueue.url },
    },
    async close() {
      await functions.close();
      await environment.close();
    },
  };
}

function deployed(
  module: keyof typeof functionNames,
  environment: Readonly<Record<string, string>>,
): FunctionSettings {
  return builtFunction({
    module,
    environment,
    functionName: functionNames[module],
    timeoutMs: 60_000,
  });
}
