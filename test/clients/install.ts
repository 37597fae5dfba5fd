/**
 * Downloads the clients that other people wrote, once: `node test/clients/install.ts`. The tests
 * download nothing, and skip a client that is not there.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../e2e/given/cached.ts';
import { CLIENTS, type Client, downloads } from './clients.ts';
import { print } from './print-rows.ts';

const run = promisify(execFile);
const env = {
  ...process.env,
  // npm runs under the Node.js of this process, which the CLI needs.
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
};

/** How the files of a client get into an empty folder. */
const installers: Record<string, (folder: string, client: Client) => Promise<unknown>> = {
  npm: (folder, { pin }) =>
    run('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, pin], { env }),
  pip: (folder, { pin }) =>
    run('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, pin]),
  maven: async (folder, client) => {
    await cp(join(client.folder, 'pom.xml'), join(folder, 'pom.xml'));
    const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
    await run('mvn', ['-q', '-B', copy, '-DoutputDirectory=lib'], { cwd: folder });
  },
};

async function install(client: Client): Promise<string> {
  const installer = installers[client.ecosystem];
  if (!installer) {
    // The module cache of Go is where its build looks.
    await run('go', ['mod', 'download'], { cwd: client.folder });
    return `${client.name}: ready`;
  }
  const folder = downloads(client);
  if (existsSync(folder)) return `${client.name}: was there`;
  await cached(basename(folder), async (filled) => {
    await mkdir(filled);
    await installer(filled, client);
  });
  return `${client.name}: ready`;
}

await Promise.all(
  CLIENTS.filter(({ ecosystem }) => ecosystem !== 'workspace').map(async (client) => {
    const said = await install(client).catch((error: Error) => `${client.name}: ${error.message}`);
    print(said);
  }),
);
