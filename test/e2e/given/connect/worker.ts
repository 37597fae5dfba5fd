import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { javaCommand, javaProblem, leastJava } from '../java.ts';
import { resolveByMaven } from '../maven.ts';
import { freePorts } from '../process/free-ports.ts';
import { guarded, startGuarded } from '../process/guarded-process.ts';

/** A worker of Kafka Connect, standalone, with Debezium's connectors. */
export interface ConnectWorker {
  /** Starts a connector; rejects with what the worker has against its settings. */
  create(name: string, config: Readonly<Record<string, string>>): Promise<Connector>;
  /** Ends it with its connectors. */
  stop(): Promise<void>;
}

/** A connector at work. */
export interface Connector {
  /** Rejects with its error when it has failed. */
  check(): Promise<void>;
}

const pom = join(import.meta.dirname, 'pom.xml');
const mainClass = 'org.apache.kafka.connect.cli.ConnectStandalone';

/** Starts a worker on a cluster. Rejects with what to install, or with what the worker says. */
export async function startConnect(brokers: readonly string[]): Promise<ConnectWorker> {
  const problem = await javaProblem();
  if (problem !== null) {
    throw new Error(
      `The tests with Debezium need Kafka Connect: ${problem}. Install Java ${leastJava} or newer ` +
        'and Maven (mvn).',
    );
  }
  const jars = await resolveByMaven({ pom });
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'msk-salesforce-sink-connect-')));
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}/connectors`;
  const settings = join(directory, 'worker.properties');
  await writeFile(settings, workerProperties(brokers, directory, port));
  const command = [...javaCommand(join(jars, '*')), mainClass, settings];
  const worker = await startGuarded({
    name: 'Kafka Connect',
    commandLine: guarded(directory, command),
    answers: () => ask(url),
  });
  return {
    async create(name, config) {
      await ask(url, { name, config });
      return { check: () => check(`${url}/${name}/status`) };
    },
    async stop() {
      await worker.remove();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function workerProperties(brokers: readonly string[], directory: string, port: number): string {
  const converter = 'org.apache.kafka.connect.json.JsonConverter';
  return [
    `bootstrap.servers=${brokers.join(',')}`,
    `listeners=http://127.0.0.1:${port}`,
    `key.converter=${converter}`,
    `value.converter=${converter}`,
    `offset.storage.file.filename=${join(directory, 'offsets')}`,
    'plugin.discovery=service_load',
    '',
  ].join('\n');
}

async function ask(url: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await (body === undefined
    ? fetch(url)
    : fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }));
  const text = await response.text();
  if (!response.ok) throw new Error(`Kafka Connect answers ${response.status}: ${text}`);
  return JSON.parse(text);
}

interface Status {
  connector: State;
  tasks: readonly State[];
}

interface State {
  state: string;
  trace?: string;
}

async function check(url: string): Promise<void> {
  const { connector, tasks } = (await ask(url)) as Status;
  const failed = [connector, ...tasks].find(({ state }) => state === 'FAILED');
  if (failed !== undefined) throw new Error(`The connector has failed:\n${failed.trace}`);
}
