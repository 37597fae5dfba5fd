import { builtinModules, createRequire } from 'node:module';
import type { ImportKind, Plugin } from 'esbuild';

const names: ReadonlySet<string> = new Set(builtinModules);
const require = createRequire(import.meta.url);

const get = (name: string): string => `process.getBuiltinModule(${JSON.stringify(`node:${name}`)})`;

/** A CommonJS module that is a module of Node. */
const required = (name: string): string => `module.exports = ${get(name)};`;

/**
 * An ES module with the exports of a module of Node. esbuild drops those that are not used, since reading
 * them has no effect that matters. An import at run time gets them all, so it gets none that is behind a
 * getter, which may load more.
 */
function imported(name: string, isAtRuntime: boolean): string {
  const exported = Object.entries(Object.getOwnPropertyDescriptors(require(`node:${name}`)))
    .filter(
      ([key, { get }]) => /^[A-Za-z_]\w*$/.test(key) && key !== 'default' && (!isAtRuntime || !get),
    )
    .map(
      ([key]) =>
        `const $${key} = /* @__PURE__ */ get(${JSON.stringify(key)}); export { $${key} as ${key} };`,
    );
  return [
    `const all = ${get(name)};`,
    'const get = (key) => all[key];',
    'export default all;',
    ...exported,
  ].join('\n');
}

const namespaceOf = (kind: ImportKind): string => {
  if (kind === 'require-call') return 'builtin-required';
  return kind === 'dynamic-import' ? 'builtin-at-runtime' : 'builtin-imported';
};

/**
 * Takes Node's own modules from `process.getBuiltinModule` rather than by import. An import reads all
 * that a module exports, and thereby loads what is behind its getters: `node:http` alone loads Node's
 * copy of undici, which costs eight times as much as `http` itself.
 */
export const bundleBuiltins: Plugin = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:)?[a-z_/]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, '');
      if (!names.has(name)) return undefined;
      return { path: name, namespace: namespaceOf(kind), sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: 'builtin-required' }, ({ path }) => ({
      contents: required(path),
    }));
    onLoad({ filter: /.*/, namespace: 'builtin-at-runtime' }, ({ path }) => ({
      contents: imported(path, true),
    }));
    onLoad({ filter: /.*/, namespace: 'builtin-imported' }, ({ path }) => ({
      contents: imported(path, false),
    }));
  },
};
