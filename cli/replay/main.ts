// Sends errant records through their sink again: npm run replay -- --stage prod --sink contacts
import { SQSClient } from '@aws-sdk/client-sqs';
import { explaining } from '../../infra/aws-errors.ts';
import { SinksFileError } from '../../infra/serverless-file.ts';
import { lambdaClient } from '../invoke.ts';
import { onlySink, stageTarget, type Target } from '../target.ts';
import { endLines, progressLine } from './lines.ts';
import { type ReplayOptions, readOptions, usage } from './options.ts';
import { errantQueue } from './queue.ts';
import { ErrantReplay } from './replay.ts';
import { deployedSink, invokeSink } from './sink-function.ts';

/** Lambda accepts 6 MB, including what is around the records. */
const maxEventBytes = 5_500_000;
/** Time beside the invocation until a message is deleted. */
const spareSeconds = 600;

/** npm repeats a Ctrl-C that the terminal has already sent. */
const oneCtrlCMs = 250;

/** As of a process that SIGINT ends: what follows in a script must not take the queue for read. */
const statusOfCtrlC = 130;

let stopping = false;

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) console.log(usage);
  else await replay(options, await targetOf(options));
} catch (error) {
  console.error(error instanceof Error ? error.message || error.name : error);
  if (!(error instanceof SinksFileError)) console.error('Try npm run replay -- --help.');
  process.exitCode = 1;
}

async function targetOf(options: ReplayOptions): Promise<Target> {
  if (!options.local) return stageTarget(options);
  const { startErrantDeployment } = await import('../../local/deployment/errant-deployment.ts');
  return startErrantDeployment((text) => console.log(text));
}

async function replay(options: ReplayOptions, target: Target): Promise<void> {
  const sink = onlySink(target);
  const lambda = explaining(lambdaClient(target.lambda), target.place);
  const sqs = explaining(new SQSClient(target.sqs), target.place);
  stopOnSignals();
  try {
    const { queueUrl, hasLedger, timeoutSeconds } = await deployedSink(lambda, sink.functionName);
    console.log(
      `${options.dryRun ? 'Inspecting' : 'Replaying'} the errant records of ${sink.functionName}`,
    );
    if (!hasLedger)
      console.log('! The sink has no ledger: an interrupted replay may write rows twice.');
    const queue = errantQueue({
      client: sqs,
      queueUrl,
      waitSeconds: options.local ? 0 : 3,
      hiddenForSeconds: timeoutSeconds + spareSeconds,
    });
    const ports = {
      ...queue,
      invoke: (event: never) => invokeSink(lambda, sink.functionName, event),
    };
    await run(
      options,
      new ErrantReplay(ports, {
        ...options,
        sink: sink.functionName,
        maxBytes: maxEventBytes,
        stopped: () => stopping,
      }),
    );
  } finally {
    lambda.destroy();
    sqs.destroy();
    await target.close();
  }
}

async function run({ dryRun }: ReplayOptions, errant: ErrantReplay): Promise<void> {
  let ended = false;
  try {
    await errant.run((progress) => {
      if (!dryRun) console.log(progressLine(progress));
    });
    ended = true;
  } finally {
    for (const line of endLines(errant.progress, { dryRun, ended })) console.log(line);
    if (stopping) {
      console.log('Stopped; run it again to continue.');
      process.exitCode = statusOfCtrlC;
    }
  }
}

/** The first signal stops after the invocation in flight, the second at once. */
function stopOnSignals(): void {
  let stoppedAt = 0;
  const stop = () => {
    if (stopping && performance.now() - stoppedAt > oneCtrlCMs) process.exit(statusOfCtrlC);
    if (stopping) return;
    stoppedAt = performance.now();
    stopping = true;
    console.log('Stopping after the invocation in flight; Ctrl-C again exits at once.');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
}
