import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for the tests of a file, and how a sinks file is written into it. */
export async function useSinksFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'sinks-'));
  afterAll(() => rm(folder, { recursive: true }));
  return {
    folder,
    /** Resolves to the path. */
    sinksFile: async (source: string): Promise<string> => {
      const path = join(folder, 'sinks.yml');
      await writeFile(path, source);
      return path;
    },
  };
}
