import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Emulator } from 'salesforce-bulk-emulator';
import { expect, onTestFinished } from 'vitest';
import { functionsOf, killProcess } from './functions.ts';
import type { Topic } from './topic.ts';

const mainPath = join(import.meta.dirname, '../../../local/runner/main.ts');

/** What a run is given beside its topic; `options` and `environment` add to the usual ones. */
export interface RunnerOptions {
  org: Pick<Emulator, 'url'>;
  group: string;
  options?: readonly string[];
  environment?: Readonly<Record<string, string>>;
}

/** `npm run local` as a process. */
export interface Runner {
  /** All that it has written so far. */
  output(): string;
  /** Sends it a Ctrl-C, and resolves with its exit status when it has ended. */
  interrupt(): Promise<number | null>;
  /** Kills it as a machine that fails would, and its functions with it. */
  kill(): Promise<void>;
  /**
   * Kills one of its functions, in the middle of anything; false when none runs now. `random`, from
   * 0 up to 1, chooses which.
   */
  killFunction(random?: number): Promise<boolean>;
  /** The processes of its functions that there are now, by their ids. */
  functions(): Promise<number[]>;
  /** Resolves with its exit status; null after a signal. */
  ended: Promise<number | null>;
}

/** Starts `npm run local` on a topic, into an emulated org; it has ended when the test has. */
export function givenRunner(topic: Topic, given: RunnerOptions): Runner {
  const { org, group, options = [], environment = {} } = given;
  const args = ['--brokers', topic.brokers.join(','), '--topic', topic.name, '--group', group];
  return startRunner([...args, '--salesforce', org.url, ...options], {
    SALESFORCE_CLIENT_ID: 'local-client',
    SALESFORCE_CLIENT_SECRET: 'local-secret',
    POLL_MAX_WAIT_SECONDS: '1',
    ...environment,
  });
}

/** Starts the command with these arguments; the rest is as for `givenRunner`. */
export function startRunner(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Runner {
  const child = spawn(process.execPath, [mainPath, ...args], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  onTestFinished(async () => void (await end('SIGKILL')));
  return {
    output: () => output,
    interrupt: () => end('SIGINT'),
    kill: async () => void (await end('SIGKILL')),
    functions: () => functionsOf(child.pid),
    async killFunction(random = 0) {
      const functions = await functionsOf(child.pid);
      const chosen = functions[Math.floor(random * functions.length)];
      // It may have ended since.
      return chosen !== undefined && killProcess(chosen);
    },
    ended,
  };
}

/** Waits until a runner has written something that fits; fails with its output otherwise. */
export async function shows(runner: Runner, pattern: RegExp, timeout = 60_000): Promise<void> {
  await expect.poll(runner.output, { timeout }).toMatch(pattern);
}
