import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';

/** The size of a built function: of its file and of those that are loaded with it. */
export function loadedSize(entry: string): { readonly bytes: number; readonly gzipped: number } {
  const { outputs } = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Metafile;
  const loaded = new Set([entry]);
  for (const path of loaded) {
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !external) loaded.add(next);
    }
  }
  const files = [...loaded].map((path) => readFileSync(path));
  return {
    bytes: files.reduce((sum, { length }) => sum + length, 0),
    gzipped: files.reduce((sum, file) => sum + gzipSync(file).length, 0),
  };
}
