import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCluster } from '../../../../local/kafka-consumer/check-cluster.ts';
import { freePorts } from '../process/free-ports.ts';
import { type GuardedProcess, startGuarded } from '../process/guarded-process.ts';
import { type Place, type Ports, prepareBroker } from './broker-files.ts';
import type { Programs } from './programs.ts';

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
  const [broker] = await startBrokers(programs, 1);
  if (broker === undefined) throw new Error('there is no broker');
  return broker;
}

/** Starts a cluster of so many brokers. More than one have to reach each other: see `javaPrograms`. */
export async function startBrokers(programs: Programs, count: number): Promise<Broker[]> {
  const free = await freePorts(5 * count);
  const all = Array.from({ length: count }, (_, index): Ports => {
    const [plain = 0, sasl = 0, tls = 0, saslTls = 0, control = 0] = free.slice(5 * index);
    return { plain, sasl, tls, saslTls, control };
  });
  const controls = all.map(({ control }) => control);
  const places = all.map((ports, index) => ({ ports, member: { id: index + 1, controls } }));
  // At once: a broker alone has no majority, and does not answer.
  return Promise.all(places.map((place) => startOne(programs, place)));
}

async function startOne(programs: Programs, place: Place): Promise<Broker> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'msk-salesforce-sink-broker-')));
  const { ports } = place;
  try {
    const certificate = await prepareBroker(programs, directory, place);
    const begin = () => startProcess(programs, directory, ports);
    return await guardedBroker({ directory, ports, certificate, begin });
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

interface Prepared {
  directory: string;
  ports: Ports;
  certificate: string;
  begin: () => Promise<GuardedProcess>;
}

async function guardedBroker({ directory, ports, certificate, begin }: Prepared): Promise<Broker> {
  let running = await begin();
  return {
    ports,
    certificate,
    kill: () => running.end('KILL'),
    shutDown: () => running.end('TERM'),
    async start() {
      running = await begin();
    },
    async stop() {
      await running.remove();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function startProcess(
  programs: Programs,
  directory: string,
  ports: Ports,
): Promise<GuardedProcess> {
  const args = [join(directory, 'server.properties')];
  const open = [ports.plain, ports.sasl, ports.tls, ports.saslTls];
  const access = { brokers: [`localhost:${ports.plain}`], tls: null, sasl: null };
  return startGuarded({
    name: `The broker (${programs.name})`,
    commandLine: programs.commandLine({ program: 'broker', args, directory, ports: open }),
    answers: () => checkCluster(access, []),
  });
}
