import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import type { TestProject } from 'vitest/node';

/** The org that the suite runs against. */
export interface Target {
  readonly kind: 'emulator' | 'org';
  /** Base URL of My Domain. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Such as `v65.0`. */
  readonly version: string;
  /** API name of a unique text field of Contact that is an external id; null: there is none. */
  readonly externalIdField: string | null;
  /** Every name that this run gives a record begins with it. */
  readonly runId: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    target: Target;
  }
}

/**
 * Finds the org in the environment, or starts an emulator for the run.
 * Throws Error when the environment is incomplete.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const org = readOrg(process.env);
  if (org) {
    project.provide('target', org);
    return async () => undefined;
  }
  const emulator = await startEmulator();
  project.provide('target', emulatorTarget(emulator, process.env['SALESFORCE_API_VERSION']));
  return async () => {
    const left = ['Account', 'Contact', 'Case', 'Lead'].flatMap((object) =>
      emulator.records(object),
    );
    await emulator.close();
    if (left.length > 0) throw new Error(`The suite did not remove ${left.length} records`);
  };
}

/** An emulator as a target. */
export function emulatorTarget(emulator: Emulator, version = 'v65.0'): Target {
  return {
    kind: 'emulator',
    url: emulator.url,
    clientId: 'local-client',
    clientSecret: 'local-secret',
    version,
    externalIdField: 'ExternalId__c',
    runId: makeRunId(),
  };
}

function readOrg(env: NodeJS.ProcessEnv): Target | null {
  const names = ['SALESFORCE_URI', 'SALESFORCE_CLIENT_ID', 'SALESFORCE_CLIENT_SECRET'];
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return null;
  if (missing.length > 0) throw new Error(`To run against an org set ${missing.join(', ')} too`);
  return {
    kind: 'org',
    url: (env['SALESFORCE_URI'] ?? '').replace(/\/+$/, ''),
    clientId: env['SALESFORCE_CLIENT_ID'] ?? '',
    clientSecret: env['SALESFORCE_CLIENT_SECRET'] ?? '',
    version: env['SALESFORCE_API_VERSION'] ?? 'v65.0',
    externalIdField: env['CONTRACT_EXTERNAL_ID_FIELD'] ?? null,
    runId: makeRunId(),
  };
}

function makeRunId(): string {
  return `contract-${Date.now().toString(36)}`;
}
