import { randomUUID } from 'node:crypto';
import type { FunctionLine, FunctionSettings } from './function-settings.ts';
import type { FunctionError, Outcome } from './outcome.ts';
import { Sandbox, type SandboxEnd, type SandboxReply } from './sandbox.ts';

/** How long a module may take to load (AWS Lambda developer guide, lambda-runtime-environment). */
const initTimeoutMs = 10_000;

/**
 * A function in its own process, which stays warm between invocations like a Lambda execution
 * environment, and is replaced after a timeout, a crash or a kill.
 *
 * Unlike Lambda it does not freeze the process between invocations.
 */
export class LocalFunction {
  readonly #settings: FunctionSettings;
  readonly #onLine: (line: FunctionLine) => void;
  #sandbox: Sandbox | null = null;
  #busy = false;

  /** `onLine` gets each line that the function writes, before its invocation's outcome. */
  constructor(settings: FunctionSettings, onLine: (line: FunctionLine) => void) {
    this.#settings = settings;
    this.#onLine = onLine;
  }

  /** Invokes the function with `event`; never rejects for an error of the function. */
  async invoke(event: unknown): Promise<Outcome> {
    if (this.#busy) throw new Error('a process runs one invocation at a time');
    this.#busy = true;
    try {
      const requestId = randomUUID();
      const sandbox = this.#warm() ?? new Sandbox(this.#settings, this.#onLine);
      this.#sandbox = sandbox;
      const loaded = await within(sandbox.loaded, initTimeoutMs);
      if (loaded?.kind !== 'ready') {
        await sandbox.kill();
        return initFailed(requestId, loaded);
      }
      return await this.#run(sandbox, requestId, event);
    } finally {
      this.#busy = false;
    }
  }

  /** Kills the current process; the next invocation starts another. */
  async kill(): Promise<void> {
    await this.#sandbox?.kill();
    this.#sandbox = null;
  }

  #warm(): Sandbox | null {
    return this.#sandbox?.live === true ? this.#sandbox : null;
  }

  async #run(sandbox: Sandbox, requestId: string, event: unknown): Promise<Outcome> {
    const { timeoutMs } = this.#settings;
    const invocation = {
      requestId,
      deadlineMs: Date.now() + timeoutMs,
      event: JSON.stringify(event),
    };
    const reply = await within(sandbox.invoke(invocation), timeoutMs);
    if (reply === null) {
      await sandbox.kill();
      return { kind: 'timed-out', requestId, ...timedOut(requestId, timeoutMs) };
    }
    if (reply.kind === 'ended') return crashed(requestId, reply.end);
    if (reply.kind === 'returned') {
      return { kind: 'returned', requestId, value: JSON.parse(reply.value) };
    }
    return { kind: 'threw', requestId, ...replyError(reply) };
  }
}

async function within<Value>(promise: Promise<Value>, ms: number): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(done, ms, null);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function initFailed(requestId: string, reply: SandboxReply | null): Outcome {
  if (reply === null) {
    return { kind: 'init-failed', requestId, ...timedOut(requestId, initTimeoutMs) };
  }
  if (reply.kind === 'ended') return { ...crashed(requestId, reply.end), kind: 'init-failed' };
  return { kind: 'init-failed', requestId, ...replyError(reply) };
}

/** The texts below are those of Lambda's logs and error responses. */
function timedOut(requestId: string, ms: number): FunctionError {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(ms / 1000).toFixed(2)} seconds`;
  return { errorType: 'Sandbox.Timedout', errorMessage, trace: [] };
}

function crashed(requestId: string, { exitCode, signal, crashing }: SandboxEnd) {
  const how =
    signal === null ? `exit status ${exitCode}` : `signal: ${signalWords[signal] ?? signal}`;
  const exit: FunctionError = {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${how}`,
    trace: [],
  };
  return { kind: 'crashed', requestId, exitCode, signal, ...(crashing ?? exit) } as const;
}

const signalWords: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
};

function replyError(reply: SandboxReply): FunctionError {
  return 'error' in reply
    ? reply.error
    : { errorType: 'Runtime.Unknown', errorMessage: reply.kind, trace: [] };
}
