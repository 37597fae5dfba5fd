// The process that runs the function, as a Lambda execution environment does: it loads the module
// once, then calls the handler for each invocation, one at a time, until it is killed.
import { pathToFileURL } from 'node:url';
import { endMark, type HostMessage, type Invoke } from './host-message.ts';
import { lambdaContext } from './lambda-context.ts';
import { type FunctionError, functionError } from './outcome.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const [, , modulePath = '', handlerName = ''] = process.argv;

// If the parent is killed, nothing else would stop this process.
process.once('disconnect', () => process.exit(0));
process.on('uncaughtException', (error) => crash(129, functionError(error)));
process.on('unhandledRejection', (reason) =>
  crash(128, { ...functionError(reason), errorType: 'Runtime.UnhandledPromiseRejection' }),
);

const handler = await loadHandler().catch(async (error: unknown) => {
  await send({ kind: 'init-failed', error: functionError(error) });
  process.exit(1);
});
process.on('message', async (invocation: Invoke) => {
  const outcome = await run(handler, invocation);
  await Promise.all([writeLine(process.stdout), writeLine(process.stderr)]);
  await send(outcome);

  function writeLine(stream: NodeJS.WriteStream): Promise<void> {
    return new Promise((done) => stream.write(`${endMark(invocation.requestId)}\n`, () => done()));
  }
});
await send({ kind: 'ready' });

async function loadHandler(): Promise<Handler> {
  const module: Record<string, unknown> = await import(pathToFileURL(modulePath).href);
  const found = module[handlerName];
  if (typeof found === 'function') return found as Handler;
  const error = new Error(`${handlerName} is undefined or not exported`);
  error.name = 'Runtime.HandlerNotFound';
  throw error;
}

async function run(handle: Handler, invocation: Invoke): Promise<HostMessage> {
  try {
    const value = await handle(
      JSON.parse(invocation.event),
      lambdaContext(process.env, invocation),
    );
    return { kind: 'returned', value: JSON.stringify(value ?? null) };
  } catch (error) {
    return { kind: 'threw', error: functionError(error) };
  }
}

/** Ends the process with the exit code of Lambda's Node.js runtime for this error. */
async function crash(exitCode: number, error: FunctionError): Promise<void> {
  await send({ kind: 'crashing', error });
  process.exit(exitCode);
}

async function send(message: HostMessage): Promise<void> {
  if (process.connected) await new Promise((done) => process.send?.(message, done));
}
