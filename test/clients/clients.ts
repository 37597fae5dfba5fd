import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Salesforce client that other people wrote, and the program that uses it. */
export interface Client {
  /** As its ecosystem names it; also the folder of its program. */
  readonly name: string;
  /** Where it comes from; `workspace`: it is a dependency of this project. */
  readonly ecosystem: 'workspace' | 'npm' | 'pip' | 'maven' | 'go';
  /** What the ecosystem installs, with its version; empty when a file of the program says it. */
  readonly pin: string;
  readonly folder: string;
}

const here = import.meta.dirname;
const cache = join(here, '../../node_modules/.cache');
const read = (file: string) => readFileSync(join(here, file), 'utf8').trim();
const client = (name: string, ecosystem: Client['ecosystem'], pin = ''): Client => ({
  name,
  ecosystem,
  pin,
  folder: join(here, name),
});

/** The clients. */
export const CLIENTS: readonly Client[] = [
  client('jsforce', 'workspace'),
  client('salesforce-cli', 'npm', '@salesforce/cli@2.150.6'),
  client('simple-salesforce', 'pip', read('simple-salesforce/requirements.txt')),
  client('salesforce-api', 'pip', read('salesforce-api/requirements.txt')),
  client('apache-camel', 'maven', 'camel-salesforce-4.14.1'),
  client('go-salesforce', 'go'),
];

/** The folder with the downloaded files of a client. */
export function downloads({ pin }: Client): string {
  return join(cache, pin.replace(/^@/, '').replaceAll(/[^a-z0-9.-]+/g, '-'));
}

/** A command, and what it needs in its environment. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The command of a client's program, or why it cannot run: what is not installed. */
export function commandOf(client: Client, program = 'ingest'): Command | string {
  const { name, ecosystem, folder } = client;
  const files = downloads(client);
  const missing = `${name} is not installed: node test/clients/install.ts`;
  if (ecosystem === 'go') {
    // The build would download what is missing.
    const env = { GOPROXY: 'off', GOFLAGS: '-mod=readonly' };
    const check = spawnSync('go', ['list', '-deps', '.'], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    return check.status === 0 ? { file: 'go', args: ['run', '.'], env } : missing;
  }
  if (ecosystem !== 'workspace' && !existsSync(files)) return missing;
  switch (ecosystem) {
    case 'pip':
      return { file: 'python3', args: [`${program}.py`], env: { PYTHONPATH: files } };
    case 'maven':
      return { file: 'java', args: ['-cp', join(files, 'lib/*'), 'Ingest.java'], env: {} };
    default:
      return { file: process.execPath, args: [`${program}.ts`], env: { SALESFORCE_CLI: files } };
  }
}
