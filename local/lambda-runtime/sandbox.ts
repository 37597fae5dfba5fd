import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type FunctionLines, readFunctionLines } from './function-lines.ts';
import {
  type FunctionLine,
  type FunctionSettings,
  functionEnvironment,
} from './function-settings.ts';
import { endMark, type HostMessage, type Invoke } from './host-message.ts';
import type { FunctionError } from './outcome.ts';

/** How the process of a sandbox ended; `crashing` is the error that it reported, if any. */
export interface SandboxEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  crashing: FunctionError | null;
}

/** The reply to an invocation, or the end of the process. */
export type SandboxReply = HostMessage | { kind: 'ended'; end: SandboxEnd };

const hostPath = fileURLToPath(new URL('./function-host.ts', import.meta.url));

/** One process with the function loaded; it is not restarted. */
export class Sandbox {
  /** Resolves when the process has ended and all its output was passed on. */
  readonly ended: Promise<SandboxEnd>;
  /** The result of loading the module. */
  readonly loaded: Promise<SandboxReply>;
  #live = true;
  readonly #child: ChildProcess;
  readonly #streams: readonly FunctionLines[];

  constructor(settings: FunctionSettings, onLine: (line: FunctionLine) => void) {
    this.#child = startHost(settings);
    this.#streams = (['stdout', 'stderr'] as const).flatMap((stream) => {
      const readable = this.#child[stream];
      return readable === null
        ? []
        : [readFunctionLines(readable, (text) => onLine({ stream, text }))];
    });
    this.ended = this.#watchEnd();
    this.loaded = this.#reply(['ready', 'init-failed']);
  }

  /** Whether the process can be invoked. */
  get live(): boolean {
    return this.#live;
  }

  /** Runs the handler once; only after `loaded`, and one invocation at a time. */
  async invoke(invocation: Invoke): Promise<SandboxReply> {
    const mark = endMark(invocation.requestId);
    const written = Promise.all(this.#streams.map((stream) => stream.until(mark)));
    const reply = this.#reply(['returned', 'threw']);
    this.#child.send(invocation, () => undefined);
    const settled = await reply;
    await written;
    return settled;
  }

  /** Kills the process at once, as the kernel does without memory. */
  kill(): Promise<SandboxEnd> {
    this.#live = false;
    this.#child.kill('SIGKILL');
    return this.ended;
  }

  #reply(kinds: readonly HostMessage['kind'][]): Promise<SandboxReply> {
    const message = new Promise<HostMessage>((done) => {
      const listen = (received: HostMessage) => {
        if (!kinds.includes(received.kind)) return;
        this.#child.off('message', listen);
        done(received);
      };
      this.#child.on('message', listen);
    });
    return Promise.race([message, this.ended.then((end) => ({ kind: 'ended', end }) as const)]);
  }

  #watchEnd(): Promise<SandboxEnd> {
    let crashing: FunctionError | null = null;
    this.#child.on('message', (message: HostMessage) => {
      if (message.kind === 'crashing') crashing = message.error;
    });
    this.#child.once('exit', () => {
      this.#live = false;
    });
    return new Promise((done) => {
      this.#child.once('close', (exitCode, signal) => done({ exitCode, signal, crashing }));
    });
  }
}

function startHost(settings: FunctionSettings): ChildProcess {
  const { modulePath, handlerName, memoryMb } = settings;
  return fork(hostPath, [modulePath, handlerName], {
    env: functionEnvironment(settings),
    // About a tenth of a function's memory is not available to the JavaScript heap on Lambda.
    execArgv: [`--max-old-space-size=${Math.floor(memoryMb * 0.9)}`],
    // In its own process group: Ctrl-C in the terminal must not reach the function.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}
