import {
  type ChildProcess,
  type ChildProcessWithoutNullStreams,
  type SpawnOptions,
  spawn,
} from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The script that ends a command with the process that started it. */
export const guardPath: string = join(import.meta.dirname, 'guard.sh');

/** The command line that runs a command under the guard, which removes `directory` after it. */
export const guarded = (directory: string, command: readonly string[]): string[] => [
  ...['sh', guardPath, directory],
  ...command,
];

/** Starts a guarded command line. The process ends when this one does, or ends its stdin. */
export function spawnGuarded(
  commandLine: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env'> = {},
): ChildProcessWithoutNullStreams {
  const [file = '', ...args] = commandLine;
  // A session of its own: a Ctrl-C at the terminal is for the suite, which then ends its stdin.
  const child = spawn(file, args, { ...options, detached: true, stdio: 'pipe' });
  // If it exits early, its exit event says so.
  child.stdin.on('error', () => undefined);
  return child;
}

/** A server under the guard. It never outlives the suite. */
export interface GuardedProcess {
  /** Ends it by a signal, and resolves when it has ended; its directory stays. */
  end(signal: 'KILL' | 'TERM' | 'INT'): Promise<void>;
  /** Ends it at once if it is still there, and removes its directory. */
  remove(): Promise<void>;
}

/** What to start: a guarded command line, and how to see that the server answers. */
export interface Start {
  name: string;
  commandLine: readonly string[];
  /** Rejects as long as the server does not answer. */
  answers: () => Promise<unknown>;
}

/** How long a server may take to start; a machine with nothing else to do needs a few seconds. */
const startMs = 90_000;

/**
 * Starts a server, and resolves when it answers.
 *
 * Rejects with what it has written when it ends before, or takes too long.
 */
export async function startGuarded({ name, commandLine, answers }: Start): Promise<GuardedProcess> {
  const child = spawnGuarded(commandLine);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
    });
  }
  try {
    await answering(child, answers);
  } catch (error) {
    child.stdin.end();
    throw new Error(`${name} does not start:\n${said}`, { cause: error });
  }
  return {
    async end(signal) {
      child.stdin.write(`${signal}\n`);
      if (!hasEnded(child)) await once(child, 'exit');
    },
    async remove() {
      const closed = hasEnded(child) ? null : once(child, 'close');
      child.stdin.end();
      await closed;
    },
  };
}

async function answering(child: ChildProcess, answers: Start['answers']): Promise<void> {
  const deadline = Date.now() + startMs;
  for (;;) {
    try {
      await answers();
      return;
    } catch (error) {
      if (hasEnded(child) || Date.now() > deadline) throw error;
    }
    await new Promise((next) => setTimeout(next, 100));
  }
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;
