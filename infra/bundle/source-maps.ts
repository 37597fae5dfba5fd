import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** A source map of a whole file as one position. */
const emptyMap = Buffer.from(
  JSON.stringify({ version: 3, sources: [''], mappings: 'AAAA' }),
).toString('base64');

/**
 * Reduces packages in the source maps to their names: Node reads the maps of all files that it loads
 * at the start, and a stack trace needs the positions in the function's own files.
 */
export const bundleSourceMaps: Plugin = {
  name: 'source-maps',
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/.*\.[cm]?js$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${emptyMap}`,
      loader: 'js',
    }));
  },
};

/**
 * A built file without the name of its source map. Node reads every character of a file that names one,
 * and parses the map once an error needs it: a file of packages alone is not worth either.
 */
export const withoutMap = (contents: Uint8Array): Uint8Array =>
  Buffer.from(
    Buffer.from(contents)
      .toString('utf8')
      .replace(/\/\/# sourceMappingURL=\S+\n$/, ''),
  );
