import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from './cached.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

/** Version 0.1.0, which has no tag. */
export const oldVersion = 'fa7359d';

/**
 * The built sink function of version 0.1.0, from the history of this repository; null where the
 * history does not reach that far, as in a shallow clone. It is built with the dependencies of today, so
 * that nothing has to be downloaded: its own code decides what it stores and how it reads that.
 */
export async function oldSink(): Promise<string | null> {
  const isThere = await execute('git', ['cat-file', '-e', `${oldVersion}^{commit}`], { cwd: root })
    .then(() => true)
    .catch(() => false);
  if (!isThere) return null;
  const folder = await cached(`sink-${oldVersion}`, buildInto);
  return join(folder, 'sink.mjs');
}

/** Node runs no TypeScript below node_modules, where the cache is, so it is built elsewhere. */
async function buildInto(folder: string): Promise<void> {
  const source = await mkdtemp(join(tmpdir(), 'old-build-'));
  try {
    const archive = join(source, 'source.tar');
    await execute('git', ['archive', '-o', archive, oldVersion], { cwd: root });
    await execute('tar', ['-xf', archive, '-C', source]);
    await symlink(join(root, 'node_modules'), join(source, 'node_modules'));
    await execute(process.execPath, ['infra/build.ts'], { cwd: source });
    await cp(join(source, 'dist'), folder, { recursive: true });
  } finally {
    await rm(source, { recursive: true, force: true });
  }
}
