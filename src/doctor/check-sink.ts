import { type Config, readConfig } from '../config/config.ts';
import { loadTransform } from '../mapping/transform.ts';
import type { Deadline } from '../runtime/deadline.ts';
import { releaseVariable } from '../runtime/release.ts';
import { checkMapping } from './check-mapping.ts';
import { checkOrg, type OrgParts, orgChecks } from './check-org.ts';
import { checkRegistries, type RegistryCheckParts } from './check-registries.ts';
import { checkStores, type StoreParts } from './check-stores.ts';
import { Checks, type Finding } from './checks.ts';
import type { DeployedSinks } from './deployed-sinks.ts';

/** What a sink is checked with. */
export interface DoctorParts extends OrgParts, StoreParts, Pick<RegistryCheckParts, 'glue'> {
  readonly sinks: DeployedSinks;
}

/** The sink to check, and the deadline. */
export interface SinkToCheck {
  /** The sink's function. */
  readonly functionName: string;
  /** False if there is no event source mapping, as in a local run. */
  readonly hasMapping: boolean;
  /** Whether the org's jobs are listed. */
  readonly listsJobs: boolean;
  readonly deadline: Deadline;
}

/** What is known of a sink. */
export interface Examined {
  /** The release of its function; null if its stack did not say it. */
  readonly release: string | null;
  readonly findings: readonly Finding[];
}

/**
 * Checks one deployed sink: function, settings, expression, org, registries, ledger, errant queue,
 * mapping. Checks that depend on a failed one are skipped.
 */
export async function checkSink(parts: DoctorParts, sink: SinkToCheck): Promise<Examined> {
  const { functionName, hasMapping, listsJobs, deadline } = sink;
  const checks = new Checks();
  const environment = await checks.run('function', () => parts.sinks.environment(functionName));
  if (environment === null) return { release: null, findings: checks.findings };
  const config = await checks.run('settings', async () => {
    const value = readConfig({ ...environment, AWS_LAMBDA_FUNCTION_NAME: functionName });
    return { detail: `${value.operation} into ${value.object}, ${value.uri}`, value };
  });
  if (config === null) checks.markSkipped('needs settings', ...orgChecks, 'ledger', 'errant queue');
  else {
    await checkTransform(checks, config);
    await checkOrg(checks, parts, { config, deadline, listsJobs });
    await checkRegistries(checks, parts, { config, deadline });
    await checkStores(checks, parts, { config, deadline });
  }
  if (hasMapping) await checks.run('mapping', () => checkMapping(parts.sinks, functionName));
  else checks.markSkipped('there is no event source mapping here', 'mapping');
  return { release: environment[releaseVariable] ?? null, findings: checks.findings };
}

/** Compiles TRANSFORM. */
async function checkTransform(checks: Checks, { transform }: Config): Promise<void> {
  if (transform === null) return;
  await checks.run('TRANSFORM', async () => {
    await loadTransform(transform);
    return { detail: 'is a JSONata expression', value: true };
  });
}
