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

/** How a sandbox's process ended; `crashing` is what it said on the way, if it said anything. */
export interface SandboxEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  crashing: FunctionError | null;
}

/** What a sandbox answers to an invocation, or that it ended first. */
export type SandboxReply = HostMessage | { kind: 'ended'; end: SandboxEnd };

const hostPath = fileURLToPath(new URL('./function-host.ts', import.meta.url));

/** One process with the function loaded in it, from its start to its end; it is not started again. */
export class Sandbox {
  /** Resolves when the process has ended and all that it wrote has been handed out. */
  readonly ended: Promise<SandboxEnd>;
  /** How loading the module went. */
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

  /** Whether the process can still be invoked. */
  get live(): boolean {
    return this.#live;
  }

  /** Runs the handler once; call it after `loaded`, and not while another invocation runs. */
  async invoke(invocation: Invoke): Promise<SandboxReply> {
    const mark = endMark(invocation.requestId);
    const written = Promise.all(this.#streams.map((stream) => stream.until(mark)));
    const reply = this.#reply(['returned', 'threw']);
    this.#child.send(invocation, () => undefined);
    const settled = await reply;
    await written;
    return settled;
  }

  /** Ends the process as the kernel would: at once, in the middle of anything. */
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
    // Lambda leaves about a tenth of a function's memory to what is not the JavaScript heap.
    execArgv: [`--max-old-space-size=${Math.floor(memoryMb * 0.9)}`],
    // A group of its own: an interrupt typed at the terminal is not meant for the function.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}
