// Shows the log of a deployed sink: npm run logs -- --stage prod --sink contacts
import { setTimeout } from 'node:timers/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { explaining } from '../../infra/aws-errors.ts';
import { SinksFileError } from '../../infra/serverless-file.ts';
import { outputClosed } from '../../local/terminal/closed-output.ts';
import { openDisplay } from '../../local/terminal/display.ts';
import { onlySink, type StageTarget, stageTarget } from '../target.ts';
import { shownLine } from './lines.ts';
import { type LogEvent, logEvents } from './log-events.ts';
import { type LogsOptions, readOptions, usage } from './options.ts';

/** Pause between two polls of the log, in milliseconds. */
const pauseMs = 2_000;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
void outputClosed(process.stdout).then(() => process.exit(0));

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) console.log(usage);
  else await showLog(options);
} catch (error) {
  console.error(error instanceof Error ? error.message || error.name : error);
  if (!(error instanceof SinksFileError)) console.error('Try npm run logs -- --help.');
  process.exitCode = 1;
}

async function showLog(options: LogsOptions): Promise<void> {
  const { sinceMinutes, once, json } = options;
  const target = stageTarget(options.sink === 'doctor' ? { ...options, sink: null } : options);
  const functionName = functionOf(target, options);
  const client = explaining(new CloudWatchLogsClient(target.logs), target.place);
  const display = openDisplay(process.stdout);
  const ended = new Set<string>();
  const show = (event: LogEvent) => {
    if (json) return console.log(event.text);
    const line = shownLine(event);
    if (line === null || (line.endOf !== undefined && ended.has(line.endOf))) return;
    if (line.endOf !== undefined) ended.add(line.endOf);
    display.lines(line.tone, line.text);
  };
  const reading = {
    client,
    logGroup: `/aws/lambda/${functionName}`,
    since: Date.now() - sinceMinutes * 60_000,
    pause: () => setTimeout(pauseMs, !once),
  };
  let isWaiting = false;
  for await (const events of logEvents(once ? { ...reading, pause: async () => false } : reading)) {
    for (const event of events) show(event);
    if (events.length === 0 && !isWaiting) {
      const end = once ? '' : ' Waiting for more; Ctrl-C ends.';
      console.error(`No lines of ${functionName} in the last ${sinceMinutes} minutes.${end}`);
    }
    isWaiting = true;
  }
}

function functionOf(target: StageTarget, { sink }: LogsOptions): string {
  if (sink === 'doctor') return target.doctor;
  return onlySink(target).functionName;
}
