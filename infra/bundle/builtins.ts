import { execFile } from 'node:child_process';
import { builtinModules } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Plugin } from 'esbuild';

const names: ReadonlySet<string> = new Set(builtinModules);
const root = fileURLToPath(new URL('../..', import.meta.url));

const moduleOf = (name: string): string =>
  `process.getBuiltinModule(${JSON.stringify(`node:${name}`)})`;

/** A CommonJS module that is a module of Node; an import at run time gets its exports as they are read. */
const whole = (name: string): string => `module.exports = ${moduleOf(name)};`;

/** Prints what each module of Node exports, as JSON. */
const listing = `
const keys = (name) => Object.keys(Object.getOwnPropertyDescriptors(require(name)));
const names = require('node:module').builtinModules;
console.log(JSON.stringify(Object.fromEntries(names.map((name) => [name, keys(name)]))));`;

type Exports = Readonly<Record<string, readonly string[]>>;

/**
 * The exports of the modules of Node in a process of their own. Those of the process that builds depend on
 * what it is: a thread has fewer in `process`, a CommonJS program has one more. The names of the built
 * files would depend on it too.
 */
async function listExports(): Promise<Exports> {
  const args = ['--no-warnings', '--eval', listing];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: {} });
  return JSON.parse(stdout);
}

let listed: Promise<Exports> | null = null;

/** The same for each function of a build. */
function builtinExports(): Promise<Exports> {
  listed ??= listExports();
  return listed;
}

/**
 * An ES module with the exports of a module of Node. esbuild drops those that are not used, since reading
 * them has no effect that matters.
 */
function named(name: string, keys: readonly string[]): string {
  const exported = keys
    .filter((key) => /^[A-Za-z_]\w*$/.test(key) && key !== 'default')
    .map((key) => {
      const value = `/* @__PURE__ */ read(${JSON.stringify(key)})`;
      return `const $${key} = ${value}; export { $${key} as ${key} };`;
    });
  return [
    `const all = ${moduleOf(name)};`,
    'const read = (key) => all[key];',
    'export default all;',
    ...exported,
  ].join('\n');
}

/**
 * Takes Node's own modules from `process.getBuiltinModule` rather than by import. An import reads all
 * that a module exports, and thereby loads what is behind its getters: `node:http` alone loads Node's
 * copy of undici, which costs eight times as much as `http` itself.
 */
export const bundleBuiltins: Plugin = {
  name: 'builtins',
  async setup({ onResolve, onLoad }) {
    const exports = await builtinExports();
    onResolve({ filter: /^(?:node:)?[a-z0-9_/]+$/ }, ({ path, kind, importer }) => {
      const name = path.replace(/^node:/, '');
      if (!names.has(name)) return undefined;
      const namespace = kind === 'import-statement' ? 'builtin-named' : 'builtin-whole';
      // Of its own for each module that takes it: one for all would be a file of its own.
      const suffix = kind === 'dynamic-import' ? '' : `?${relative(root, importer)}`;
      return { path: name, suffix, namespace, sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: 'builtin-whole' }, ({ path }) => ({ contents: whole(path) }));
    onLoad({ filter: /.*/, namespace: 'builtin-named' }, ({ path }) => ({
      contents: named(path, exports[path] ?? []),
    }));
  },
};
