// `npm run local`: topics of a real cluster through the built function, into the Salesforce
// emulator or an org. Exit status 0 after a clean stop, 1 after an error, 130 when killed.
import type { QueueMessage } from '../aws/errant-queue.ts';
import { openDisplay } from '../terminal/display.ts';
import { errantLines, readErrant } from '../terminal/errant-records.ts';
import { counted, number } from '../terminal/format.ts';
import { explain } from './explain.ts';
import { helpText } from './help.ts';
import { type RunnerOptions, readOptions } from './options.ts';
import { type Run, startRun } from './run.ts';
import { type RunEnvironment, startRunEnvironment } from './run-environment.ts';
import { UsageError } from './usage-error.ts';

/** How long a killed run may take to leave its group. */
const killedMs = 3000;

/** The number of errant records shown at the end; the others are counted. */
const shownErrants = 6;

/** npm repeats a Ctrl-C that the terminal has already sent. */
const oneCtrlCMs = 250;

const display = openDisplay(process.stdout);

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === null) process.stdout.write(helpText);
  else await serve(options, await startRunEnvironment(options, process.env));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  fail(error.message);
  console.error('Try npm run local -- --help.');
}

async function serve(options: RunnerOptions, environment: RunEnvironment): Promise<void> {
  try {
    const run = await startRun(options, environment, display);
    stopOnSignals(run);
    await run.done;
    await showEnd(environment);
  } catch (error) {
    fail(explain(error, options.access));
  } finally {
    await environment.close();
  }
}

/** The first signal stops cleanly, the second at once. */
function stopOnSignals(run: Run): void {
  let stoppedAt: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, next);

  function next(): void {
    if (stoppedAt === null) {
      stoppedAt = performance.now();
      display.lines('plain', 'Stopping after the invocations in flight; Ctrl-C again kills them.');
      run.stop();
    } else if (performance.now() - stoppedAt > oneCtrlCMs) {
      process.exitCode = 130;
      void run.kill();
      setTimeout(() => process.exit(), killedMs).unref();
    }
  }
}

async function showEnd({ emulator, errantQueue, object }: RunEnvironment): Promise<void> {
  if (emulator !== null) {
    display.lines('plain', `In the emulator: ${counted(emulator.records(object).length, object)}`);
  }
  if (errantQueue !== null) showErrants(await errantQueue.messages());
  display.lines('plain', 'Stopped.');
}

function showErrants(messages: readonly QueueMessage[]): void {
  const first = messages.slice(0, shownErrants).map(({ body }) => readErrant(body));
  const rest = messages.length - first.length;
  display.lines('plain', `In the errant queue: ${counted(messages.length, 'record')}`);
  if (first.length === 0) return;
  display.lines('plain', ...errantLines(first).map((line) => `  ${line}`));
  if (rest > 0) display.lines('faint', `  and ${number(rest)} more`);
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
