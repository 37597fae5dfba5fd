import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';

/** What esbuild says of the built files, by their paths from the root. */
export const builtFiles = (): Metafile['outputs'] =>
  (JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Metafile).outputs;

/** What a function imports at its start though not by a statement. */
const atStart = new Set(['src/invocation/create-from-config.ts']);

/** The files that are loaded when a built one starts, itself among them. */
export function loadedWith(entry: string, outputs: Metafile['outputs']): string[] {
  const loaded = new Set([entry]);
  for (const path of loaded) {
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
      const isAtStart = atStart.has(outputs[next]?.entryPoint ?? '');
      if (!external && (kind === 'import-statement' || isAtStart)) loaded.add(next);
    }
  }
  return [...loaded];
}

/** The size of a built function: of its file and of those that are loaded with it. */
export function loadedSize(entry: string): { readonly bytes: number; readonly gzipped: number } {
  const files = loadedWith(entry, builtFiles()).map((path) => readFileSync(path));
  return {
    bytes: files.reduce((sum, { length }) => sum + length, 0),
    gzipped: files.reduce((sum, file) => sum + gzipSync(file).length, 0),
  };
}
