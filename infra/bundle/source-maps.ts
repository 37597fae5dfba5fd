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
