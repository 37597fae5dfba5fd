// `npm run local`: topics of a real cluster or records of a file through the built function, into the
// Salesforce emulator or an org. Exit status 0 after a clean stop or the end of the file, 1 after an
// error, 130 when killed, or when stopped before the end of the file.
import { CommandLineError } from '../../infra/npm-options.ts';
import { outputClosed } from '../terminal/closed-output.ts';
import { chooseDisplay } from './choose-display.ts';
import { explain } from './explain.ts';
import { StuckDeliveryError, startFileRun } from './file-run.ts';
import { helpText } from './help.ts';
import { type RunnerOptions, readOptions } from './options.ts';
import { type Run, startRun } from './run.ts';
import { openLines } from './run-display.ts';
import { type RunEnvironment, startRunEnvironment } from './run-environment.ts';
import { UsageError } from './usage-error.ts';

/** How long a killed run may take to leave its group. */
const killedMs = 3000;

/** npm repeats a Ctrl-C that the terminal has already sent. */
const oneCtrlCMs = 250;

const closed = outputClosed(process.stdout);
let display = openLines(process.stdout);

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === null) process.stdout.write(helpText);
  else {
    display = chooseDisplay(process.stdout, options, process.env);
    await serve(options, await startRunEnvironment(options, process.env));
  }
} catch (error) {
  if (!(error instanceof UsageError || error instanceof CommandLineError)) throw error;
  fail(error.message);
  console.error('Try npm run local -- --help.');
}

async function serve(options: RunnerOptions, environment: RunEnvironment): Promise<void> {
  try {
    const run = await start(options, environment);
    stopOnSignals(run);
    const status = await run.done;
    process.exitCode ??= status;
  } catch (error) {
    if (error instanceof StuckDeliveryError) fail(error.message);
    else if ('file' in options) throw error;
    else fail(explain(error, options.access));
  } finally {
    display.end();
    await environment.close();
  }
}

function start(options: RunnerOptions, environment: RunEnvironment): Promise<Run> {
  return 'file' in options
    ? startFileRun(options, environment, display)
    : startRun(options, environment, display);
}

/** The first signal stops cleanly, the second at once. A closed output is as the first. */
function stopOnSignals(run: Run): void {
  let stoppedAt: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, next);
  void closed.then(() => {
    if (stoppedAt === null) next();
  });

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

function fail(message: string): void {
  display.end();
  console.error(message);
  process.exitCode = 1;
}
