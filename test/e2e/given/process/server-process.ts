import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guarded, spawnGuarded } from './guarded-process.ts';

/** A server that a test has started. Whatever becomes of the suite, it does not outlive it. */
export interface ServerProcess {
  /** Without a slash at the end. */
  url: string;
  stop(): Promise<void>;
}

/** How a server is started that listens on a free port and prints its address. */
export interface ServerCommand {
  /** For the message of a failure. */
  name: string;
  command: readonly string[];
  environment?: Readonly<Record<string, string>>;
}

const address = /http:\/\/127\.0\.0\.1:\d+/;
const startMs = 110_000;

/** Starts a server, and resolves when it has printed its address. Rejects with what it says. */
export async function startServer({
  name,
  command,
  environment = {},
}: ServerCommand): Promise<ServerProcess> {
  // The guard removes it.
  const cwd = await realpath(await mkdtemp(join(tmpdir(), 'msk-salesforce-sink-server-')));
  const env = { ...process.env, ...environment };
  const child = spawnGuarded(guarded(cwd, command), { cwd, env });
  const stop = async () => {
    const closed = child.exitCode === null ? once(child, 'close') : null;
    child.stdin.end();
    await closed;
  };
  try {
    return { url: await printedAddress(child), stop };
  } catch (error) {
    await stop();
    throw new Error(`${name} does not start:\n${(error as Error).message}`);
  }
}

/** The address in what the server prints; rejects when it ends or takes too long. */
function printedAddress(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const fail = () => {
      clearTimeout(timer);
      reject(new Error(said.slice(-10_000)));
    };
    const timer = setTimeout(fail, startMs);
    child.once('close', fail);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const [url] = address.exec(said) ?? [];
        if (url === undefined) return;
        clearTimeout(timer);
        resolve(url);
      });
    }
  });
}
