import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const cache = join(import.meta.dirname, '../../../node_modules/.cache');

/**
 * The folder `name` of the suite's cache, which `fill` makes once.
 *
 * It is complete or not there at all: a run that is stopped meanwhile leaves no half of it.
 */
export async function cached(
  name: string,
  fill: (folder: string) => Promise<unknown>,
): Promise<string> {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const row = await mkdtemp(join(cache, `${name}-`));
  try {
    const filled = join(row, 'filled');
    await fill(filled);
    await rename(filled, folder).catch((error: unknown) => {
      // Another run was faster.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(row, { recursive: true, force: true });
  }
  return folder;
}
