import { PACES, startEmulator } from 'salesforce-bulk-emulator';
import { startErrantQueue } from '../aws/errant-queue.ts';
import { startLedgerTable } from '../aws/ledger-table.ts';
import { type Environment, startEnvironment } from '../environment/environment.ts';
import type { Servers } from '../environment/servers.ts';
import { builtFunction } from '../lambda-runtime/built-function.ts';
import type { FunctionSettings } from '../lambda-runtime/function-settings.ts';
import { type ExternalStores, externalSettings, readExternalStores } from './external-stores.ts';
import { functionEnvironment } from './function-environment.ts';
import { glueAccess } from './glue-access.ts';
import type { Variables } from './logins.ts';
import type { RunnerOptions } from './options.ts';

/** The environment of a run; `ledger` describes the job ledger for a person. */
export interface RunEnvironment extends Environment, Servers {
  readonly ledger: string;
  readonly object: string;
  /** The external id field of an upsert. */
  readonly externalIdField: string | null;
  readonly functionSettings: FunctionSettings;
}

/**
 * Starts the servers that a run needs, and composes the settings of the function.
 *
 * Throws UsageError when a setting of the function is wrong, with every problem on a line, and when
 * schemas of AWS Glue cannot be read.
 */
export async function startRunEnvironment(
  options: RunnerOptions,
  variables: Variables,
): Promise<RunEnvironment> {
  const chosen = functionEnvironment(options, variables);
  const external = readExternalStores(options.ledger, variables);
  const glue = await glueAccess(chosen, variables);
  const { salesforce: org, schemaRegistry } = options;
  // A file is for what its records become, a cluster also for how long that takes.
  const pace = 'file' in options ? PACES.fast : PACES.lifelike;
  const servers: Servers = {
    emulator: org === null ? await startEmulator({ pace }) : null,
    ledgerTable: external.ledger === null ? await startLedgerTable() : null,
    errantQueue: external.errantQueue === null ? await startErrantQueue() : null,
  };
  const environment = await startEnvironment(servers, { org, schemaRegistry });
  const { endpoints, sinkSettings } = environment;
  return {
    ...environment,
    ledger: ledgerText(external),
    object: chosen['SALESFORCE_OBJECT'] ?? '',
    externalIdField: chosen['SALESFORCE_EXTERNAL_ID_FIELD'] ?? null,
    functionSettings: builtFunction({
      module: 'sink',
      functionName: 'msk-salesforce-sink-local-sink',
      timeoutMs: options.timeoutMs,
      environment: {
        ...chosen,
        ...glue,
        ...endpoints,
        ...sinkSettings,
        ...externalSettings(external),
      },
    }),
  };
}

function ledgerText({ ledger }: ExternalStores): string {
  if (ledger === 'off') return 'off';
  if (ledger === null) return 'on, empty at the start of each run';
  return `${ledger['LEDGER_TABLE']} at ${ledger['AWS_ENDPOINT_URL_DYNAMODB']}`;
}
