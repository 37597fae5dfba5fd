import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCluster } from '../../../../local/kafka-consumer/check-cluster.ts';
import { type Ports, prepareBroker } from './broker-files.ts';
import type { Programs } from './programs.ts';

/** How long a broker may take to start; a machine with nothing else to do needs two seconds. */
const startMs = 90_000;

/** A broker that the suite has started. Whatever becomes of the suite, it does not outlive it. */
export interface Broker {
  ports: Ports;
  /** The certificate of its TLS ports, PEM. */
  certificate: string;
  /** Ends its process in the middle of anything; the disk stays. */
  kill(): Promise<void>;
  /** Ends its process in order; the disk stays. */
  shutDown(): Promise<void>;
  /** Starts it again on the same disk and ports, after a kill or a shut-down. */
  start(): Promise<void>;
  /** Ends it permanently and removes its disk. */
  stop(): Promise<void>;
}

/** Starts a broker on free ports, with a directory of its own. Rejects with what the broker says. */
export async function startBroker(programs: Programs): Promise<Broker> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'msk-salesforce-sink-broker-')));
  try {
    const [plain = 0, sasl = 0, tls = 0, saslTls = 0, control = 0] = await freePorts(5);
    const ports: Ports = { plain, sasl, tls, saslTls, control };
    const certificate = await prepareBroker(programs, directory, ports);
    const begin = () => startProcess(programs, directory, ports);
    return await guarded({ directory, ports, certificate, begin });
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

interface Prepared {
  directory: string;
  ports: Ports;
  certificate: string;
  begin: () => Promise<ChildProcess>;
}

async function guarded({ directory, ports, certificate, begin }: Prepared): Promise<Broker> {
  let running = await begin();
  const end = async (signal: 'KILL' | 'TERM') => {
    running.stdin?.write(`${signal}\n`);
    await ended(running);
  };
  return {
    ports,
    certificate,
    kill: () => end('KILL'),
    shutDown: () => end('TERM'),
    async start() {
      running = await begin();
    },
    async stop() {
      const closed = running.exitCode === null ? once(running, 'close') : null;
      running.stdin?.end();
      await closed;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function startProcess(
  programs: Programs,
  directory: string,
  ports: Ports,
): Promise<ChildProcess> {
  const args = [join(directory, 'server.properties')];
  const open = [ports.plain, ports.sasl, ports.tls, ports.saslTls];
  const run = { program: 'broker', args, directory, ports: open } as const;
  const [file = '', ...rest] = programs.commandLine(run);
  // A session of its own: a Ctrl-C at the terminal is for the suite, which then ends its stdin.
  const child = spawn(file, rest, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  // If it exits early, its exit event says so.
  child.stdin.on('error', () => undefined);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
    });
  }
  try {
    await answering(child, ports.plain);
  } catch (error) {
    child.stdin.end();
    throw new Error(`The broker does not start (${programs.name}):\n${said}`, { cause: error });
  }
  return child;
}

/** Resolves when the broker answers clients; rejects when it ends or takes too long. */
async function answering(child: ChildProcess, port: number): Promise<void> {
  const access = { brokers: [`localhost:${port}`], tls: null, sasl: null };
  const deadline = Date.now() + startMs;
  for (;;) {
    try {
      await checkCluster(access, []);
      return;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) throw error;
    }
    await new Promise((next) => setTimeout(next, 100));
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/**
 * Ports without a listener, all different, and below those that the system gives to outgoing
 * connections: a broker that starts again must find its own free.
 */
async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  while (servers.length < count) {
    const server = createServer().listen(randomInt(20_000, 30_000), '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (isFree) servers.push(server);
  }
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' ? (address?.port ?? 0) : 0;
  });
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
