// Examines deployed sinks from where they run: npm run doctor -- --stage prod
// Exit status 0 when nothing is wrong, 1 when something is or when nobody knows.
import { parseArgs } from 'node:util';
import { SinksFileError } from '../../infra/serverless-file.ts';
import { invokeFunction, lambdaClient } from '../invoke.ts';
import { placeOf, placeOptions, stageTarget, type Target } from '../target.ts';
import { isHealthy, readDiagnosis } from './diagnosis.ts';
import { diagnosisLines } from './lines.ts';

const usage = `Usage: npm run doctor -- --stage STAGE [--sink NAME] [--json]

Examines the sinks of a stage from where they run: settings, secret, login, API version, object,
fields, limits, ledger, errant queue, event source mapping. Changes nothing.

  --stage STAGE     the stage (dev)
  --sink NAME       this sink only
  --json            what was found as JSON
  --param sinks=F   another sinks file than infra/sinks/STAGE.yml
  --local           a sink on this machine, on an emulated org
  --help            this`;

try {
  const { values } = parseArgs({
    options: {
      ...placeOptions,
      json: { type: 'boolean', default: false },
      local: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) console.log(usage);
  else await examine(await targetOf(values), { hasMapping: !values.local, json: values.json });
} catch (error) {
  console.error(error instanceof Error ? error.message || error.name : error);
  if (!(error instanceof SinksFileError)) console.error('Try npm run doctor -- --help.');
  process.exitCode = 1;
}

async function targetOf(
  values: Parameters<typeof placeOf>[0] & { readonly local: boolean },
): Promise<Target> {
  if (!values.local) return stageTarget(placeOf(values));
  const { startHealthyDeployment } = await import('../../local/deployment/healthy-deployment.ts');
  return startHealthyDeployment();
}

async function examine(
  target: Target,
  { hasMapping, json }: { readonly hasMapping: boolean; readonly json: boolean },
): Promise<void> {
  const lambda = lambdaClient(target.lambda);
  try {
    const sinks = target.sinks.map(({ functionName }) => functionName);
    const event = { sinks, hasMapping };
    const diagnosis = readDiagnosis(await invokeFunction(lambda, target.doctor, event));
    if (json) console.log(JSON.stringify(diagnosis, null, 2));
    else for (const line of diagnosisLines(diagnosis, process.stdout)) console.log(line);
    process.exitCode = isHealthy(diagnosis) ? 0 : 1;
  } finally {
    lambda.destroy();
    await target.close();
  }
}
