// Checks deployed sinks from inside their account: npm run doctor -- --stage prod Exit status 0
// when all checks pass, 1 otherwise.
import { explaining } from '../../infra/aws-errors.ts';
import { SinksFileError } from '../../infra/serverless-file.ts';
import { parseCommandLine } from '../command-line.ts';
import { invokeFunction, lambdaClient } from '../invoke.ts';
import {
  awsUsage,
  readTargetOptions,
  requireStage,
  stageTarget,
  type Target,
  targetOptions,
} from '../target.ts';
import { isHealthy, readDiagnosis } from './diagnosis.ts';
import { diagnosisLines } from './lines.ts';

const usage = `Usage: npm run doctor -- --stage STAGE [--sink NAME] [--aws-profile PROFILE] [--json]

Checks the sinks of a stage from inside their account: settings, secret, login, API version, object,
fields, limits, ledger, errant queue, event source mapping. Changes nothing.

  --stage STAGE     the stage
  --sink NAME       only this sink
  --json            print the results as JSON
${awsUsage}
  --local           check a sink on this machine, with an emulated org
  --help            show this help`;

try {
  const { values } = parseCommandLine('doctor', {
    options: {
      ...targetOptions,
      json: { type: 'boolean', default: false },
      local: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) console.log(usage);
  else await check(await targetOf(values), { hasMapping: !values.local, json: values.json });
} catch (error) {
  console.error(error instanceof Error ? error.message || error.name : error);
  if (!(error instanceof SinksFileError)) console.error('Try npm run doctor -- --help.');
  process.exitCode = 1;
}

async function targetOf(
  values: Parameters<typeof readTargetOptions>[0] & { readonly local: boolean },
): Promise<Target> {
  requireStage('doctor', values, process.argv.slice(2));
  if (!values.local) return stageTarget(readTargetOptions(values));
  const { startHealthyDeployment } = await import('../../local/deployment/healthy-deployment.ts');
  return startHealthyDeployment();
}

async function check(
  target: Target,
  { hasMapping, json }: { readonly hasMapping: boolean; readonly json: boolean },
): Promise<void> {
  const lambda = explaining(lambdaClient(target.lambda), target.place);
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
