import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { succeeds } from '../java.ts';
import { resolveByMaven } from '../maven.ts';

const execute = promisify(execFile);

const installations = '/usr/lib/postgresql';
const leastPostgres = 14;
const pom = join(import.meta.dirname, 'pom.xml');

/** How Maven's artifacts call the machines that they have PostgreSQL for. */
const platforms: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-amd64',
  'linux-arm64': 'linux-arm64v8',
  'darwin-x64': 'darwin-amd64',
  'darwin-arm64': 'darwin-arm64v8',
};

/**
 * The folder of `initdb` and `postgres`, with a slash at its end; empty for those on the PATH.
 *
 * An installed PostgreSQL is preferred; otherwise the one that Maven resolves is unpacked into
 * `directory`. Rejects with what to install where there is neither.
 */
export async function postgresBinaries(directory: string): Promise<string> {
  for (const folder of ['', ...(await installed())]) {
    if (await isUsable(folder)) return folder;
  }
  const platform = platforms[`${process.platform}-${process.arch}`];
  if (platform === undefined || !(await succeeds('mvn', ['-v']))) {
    throw new Error(
      `The tests with Debezium need PostgreSQL ${leastPostgres} or newer (initdb and postgres, on ` +
        `the PATH or below ${installations}), or Maven (mvn), which gets one. Install either.`,
    );
  }
  const goal = 'unpack-dependencies';
  const unpacked = await resolveByMaven({ pom, goal, properties: { platform } });
  const archive = (await readdir(unpacked)).find((name) => name.endsWith('.txz')) ?? '';
  const target = join(directory, 'postgres');
  await mkdir(target);
  await execute('tar', ['-xJf', join(unpacked, archive), '-C', target]).catch((error: unknown) => {
    throw new Error('To unpack PostgreSQL, tar and xz are needed. Install both.', { cause: error });
  });
  return join(target, 'bin/');
}

/** The folders of Debian's packages, the newest first. */
async function installed(): Promise<string[]> {
  const versions = await readdir(installations).catch(() => []);
  const newestFirst = versions.toSorted((one, other) => Number(other) - Number(one));
  return newestFirst.map((version) => join(installations, version, 'bin/'));
}

async function isUsable(folder: string): Promise<boolean> {
  const version = await execute(`${folder}postgres`, ['--version']).catch(() => null);
  const major = Number(/ (\d+)/.exec(version?.stdout ?? '')?.[1] ?? 0);
  return major >= leastPostgres && (await succeeds(`${folder}initdb`, ['--version']));
}
