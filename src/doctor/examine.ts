import { type Config, readConfig } from '../config/config.ts';
import type { Reporter } from '../errant/reporter.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Deadline } from '../runtime/deadline.ts';
import type { DeployedSinks } from './deployed-sinks.ts';
import { Examination, type Finding } from './finding.ts';
import { examineMapping } from './mapping.ts';
import { examineOrg, type OrgParts, orgChecks } from './org.ts';

/** What a sink is examined with. */
export interface DoctorParts extends OrgParts {
  readonly sinks: DeployedSinks;
  readonly ledgerOf: (config: Config) => Ledger;
  readonly errantQueueOf: (config: Config) => Reporter;
}

/** What to examine, and until when. */
export interface Patient {
  /** The sink's function. */
  readonly functionName: string;
  /** False where there is no event source mapping, as on a developer's machine. */
  readonly hasMapping: boolean;
  readonly deadline: Deadline;
}

/**
 * Examines one sink as it is deployed: function, settings, secret, login, API version, object,
 * fields, limits, ledger, errant queue, mapping. What depends on something bad is left open.
 */
export async function examine(parts: DoctorParts, patient: Patient): Promise<Finding[]> {
  const { functionName, hasMapping, deadline } = patient;
  const seen = new Examination();
  const environment = await seen.look('function', () => parts.sinks.environment(functionName));
  if (environment === null) return seen.findings;
  const config = await seen.look('settings', async () => {
    const value = readConfig({ ...environment, AWS_LAMBDA_FUNCTION_NAME: functionName });
    return { says: `${value.operation} into ${value.object}, ${value.uri}`, value };
  });
  if (config === null) seen.leave('needs settings', ...orgChecks, 'ledger', 'errant queue');
  else {
    await examineOrg(seen, parts, { config, deadline });
    await examineStores(seen, parts, { config, deadline });
  }
  if (hasMapping) await seen.look('mapping', () => examineMapping(parts.sinks, functionName));
  else seen.leave('there is no event source mapping here', 'mapping');
  return seen.findings;
}

/** No sink has records of such a partition. */
const nowhere = { cluster: 'doctor', topic: 'doctor', partition: 0 };

async function examineStores(
  seen: Examination,
  { ledgerOf, errantQueueOf }: DoctorParts,
  { config, deadline }: { config: Config; deadline: Deadline },
): Promise<void> {
  if (config.ledgerTable === null) seen.leave('none: delivery is at least once', 'ledger');
  else {
    await seen.look('ledger', async () => {
      await ledgerOf(config).read([nowhere], deadline);
      return { says: `table ${config.ledgerTable} can be read`, value: true };
    });
  }
  if (config.errantQueueUrl === null) seen.leave('none: errant records are logged', 'errant queue');
  else {
    await seen.look('errant queue', async () => {
      await errantQueueOf(config).check(deadline);
      return { says: 'the queue can be reached', value: true };
    });
  }
}
