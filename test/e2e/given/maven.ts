import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const cache = join(import.meta.dirname, '../../../node_modules/.cache');

/** What Maven resolves: the dependencies of a `pom.xml`, copied as they are or unpacked. */
export interface Resolve {
  pom: string;
  goal?: 'copy-dependencies' | 'unpack-dependencies';
  /** What the `pom.xml` leaves open. */
  properties?: Readonly<Record<string, string>>;
}

/**
 * The folder with the dependencies, which Maven resolves once and `node_modules` keeps.
 *
 * Rejects with what Maven says when it cannot.
 */
export async function resolveByMaven(resolve: Resolve): Promise<string> {
  const { pom, goal = 'copy-dependencies', properties = {} } = resolve;
  const text = await readFile(pom, 'utf8');
  const name = /<artifactId>(.+)<\/artifactId>/.exec(text)?.[1] ?? 'artifacts';
  const settings = Object.entries(properties).map(([key, value]) => `-D${key}=${value}`);
  const hash = createHash('sha256')
    .update(JSON.stringify([text, goal, settings]))
    .digest('hex');
  const folder = join(cache, `${name}-${hash.slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  // Complete or not there at all: a run that is stopped meanwhile leaves no half of it.
  await mkdir(cache, { recursive: true });
  const row = await mkdtemp(join(cache, `${name}-`));
  try {
    const options = [
      `-DoutputDirectory=${join(row, 'files')}`,
      // Otherwise it keeps notes beside the pom.xml of what it has unpacked.
      `-DmarkersDirectory=${join(row, 'markers')}`,
      ...settings,
    ];
    await execute('mvn', ['-B', '-q', '-f', pom, `dependency:${goal}`, ...options]);
    await rename(join(row, 'files'), folder).catch((error: unknown) => {
      // Another run was faster.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(row, { recursive: true, force: true });
  }
  return folder;
}
