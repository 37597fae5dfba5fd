import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const names: ReadonlySet<string> = new Set(builtinModules);

/**
 * Takes Node's own modules from `process.getBuiltinModule` rather than by import. An import reads all
 * that a module exports, and thereby loads what is behind its getters: `node:http` alone loads Node's
 * copy of undici, which costs eight times as much as `http` itself.
 */
export const bundleBuiltins: Plugin = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:)?[a-z_/]+$/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      return names.has(name) ? { path: name, namespace: 'builtin' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${path}`)});`,
    }));
  },
};
