import { type Config, readConfig } from '../config/config.ts';
import type { ErrantRecordReporter } from '../errant/reporter.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Deadline } from '../runtime/deadline.ts';
import { checkMapping } from './check-mapping.ts';
import { checkOrg, type OrgParts, orgChecks } from './check-org.ts';
import { checkRegistries, type RegistryCheckParts } from './check-registries.ts';
import type { DeployedSinks } from './deployed-sinks.ts';
import { Checks, type Finding } from './finding.ts';

/** What a sink is checked with. */
export interface DoctorParts extends OrgParts, Pick<RegistryCheckParts, 'glue'> {
  readonly sinks: DeployedSinks;
  readonly ledgerOf: (config: Config) => Promise<Ledger>;
  readonly errantQueueOf: (config: Config) => Promise<ErrantRecordReporter>;
}

/** The sink to check, and the deadline. */
export interface SinkToCheck {
  /** The sink's function. */
  readonly functionName: string;
  /** False if there is no event source mapping, as in a local run. */
  readonly hasMapping: boolean;
  readonly deadline: Deadline;
}

/**
 * Checks one deployed sink: function, settings, secret, login, API version, object, fields, limits,
 * registries, ledger, errant queue, mapping. Checks that depend on a failed one are skipped.
 */
export async function checkSink(parts: DoctorParts, patient: SinkToCheck): Promise<Finding[]> {
  const { functionName, hasMapping, deadline } = patient;
  const seen = new Checks();
  const environment = await seen.run('function', () => parts.sinks.environment(functionName));
  if (environment === null) return seen.findings;
  const config = await seen.run('settings', async () => {
    const value = readConfig({ ...environment, AWS_LAMBDA_FUNCTION_NAME: functionName });
    return { detail: `${value.operation} into ${value.object}, ${value.uri}`, value };
  });
  if (config === null) seen.markSkipped('needs settings', ...orgChecks, 'ledger', 'errant queue');
  else {
    await checkOrg(seen, parts, { config, deadline });
    await checkRegistries(seen, parts, { config, deadline });
    await checkStores(seen, parts, { config, deadline });
  }
  if (hasMapping) await seen.run('mapping', () => checkMapping(parts.sinks, functionName));
  else seen.markSkipped('there is no event source mapping here', 'mapping');
  return seen.findings;
}

/** A partition that no sink has. */
const nowhere = { cluster: 'doctor', topic: 'doctor', partition: 0 };

async function checkStores(
  seen: Checks,
  { ledgerOf, errantQueueOf }: DoctorParts,
  { config, deadline }: { config: Config; deadline: Deadline },
): Promise<void> {
  if (config.ledgerTable === null) seen.markSkipped('none: delivery is at least once', 'ledger');
  else {
    await seen.run('ledger', async () => {
      await (await ledgerOf(config)).read([nowhere], deadline);
      return { detail: `table ${config.ledgerTable} can be read`, value: true };
    });
  }
  if (config.errantQueueUrl === null)
    seen.markSkipped('none: errant records are logged', 'errant queue');
  else {
    await seen.run('errant queue', async () => {
      await (await errantQueueOf(config)).check(deadline);
      return { detail: 'the queue can be reached', value: true };
    });
  }
}
