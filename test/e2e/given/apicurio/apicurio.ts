import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../cached.ts';
import { startServer } from '../process/server-process.ts';
import { findJava } from './java.ts';

const execute = promisify(execFile);

const version = '3.3.3';
const artifact = `io.apicurio:apicurio-registry-app:${version}:tar.gz:all`;
const leastJava = 21;

/** An Apicurio Registry of the test's own, which keeps its schemas in memory. */
export interface Apicurio {
  /** The address of the server, without a path. */
  url: string;
  /** The address of the API that it has in common with Confluent's registry. */
  confluentUrl: string;
  /** Takes the content of another registry over, with its ids: an export of its own API. */
  load(content: Buffer): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a registry, in about ten seconds. Rejects with what to install where it cannot. */
export async function startApicurio(): Promise<Apicurio> {
  const java = await findJava(leastJava);
  const app = java === null ? null : await registryApp();
  if (java === null || app === null) {
    throw new Error(
      `Apicurio Registry needs Java ${leastJava} or newer, which JAVA_HOME may name, and Maven (mvn): ` +
        `no ${java === null ? 'such Java' : 'Maven'} is here.`,
    );
  }
  // A free port each, also for its management interface.
  const ports = ['http', 'management'].flatMap((name) => [
    `-Dquarkus.${name}.host=127.0.0.1`,
    `-Dquarkus.${name}.port=0`,
  ]);
  const jvm = ['-Xmx512m', '-XX:TieredStopAtLevel=1', ...ports];
  const { url, stop } = await startServer({
    name: `Apicurio Registry ${version}`,
    command: [java, ...jvm, '-jar', join(app, 'quarkus-run.jar')],
  });
  return {
    url,
    confluentUrl: `${url}/apis/ccompat/v7`,
    load: (content) => load(url, content),
    stop,
  };
}

/** The folder of the server, which Maven fetches once; null without Maven. */
async function registryApp(): Promise<string | null> {
  const hasMaven = await execute('mvn', ['-v']).then(
    () => true,
    () => false,
  );
  if (!hasMaven) return null;
  return cached(`apicurio-registry-${version}`, async (folder) => {
    const options = [`-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
    // Without a project it leaves marks in the folder in which it runs.
    const cwd = dirname(folder);
    await execute('mvn', ['-B', '-q', 'dependency:unpack', ...options], { cwd });
    if (!(await readdir(folder)).includes('quarkus-run.jar')) {
      throw new Error(`${artifact} has no quarkus-run.jar`);
    }
  });
}

async function load(url: string, content: Buffer): Promise<void> {
  const response = await fetch(`${url}/apis/registry/v3/admin/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/zip' },
    body: new Uint8Array(content),
  });
  if (!response.ok) throw new Error(`The import failed: ${await response.text()}`);
}
