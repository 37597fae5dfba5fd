import type { Plugin } from 'esbuild';

/**
 * What the function uses of undici. Its own entry requires fetch, WebSocket, caches and mocks as well,
 * which is two thirds of it and a fifth of the function's start.
 */
const used = `
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');
Dispatcher.prototype.request = require('undici/lib/api/api-request.js');
exports.Agent = require('undici/lib/dispatcher/agent.js');
exports.errors = require('undici/lib/core/errors.js');
`;

/**
 * Parts that are required and never called: HTTP/2, which `src/runtime/http/send.ts` switches off; bodies
 * of fetch; and the HTTP parser for processors without SIMD, which run neither Lambda nor this Node.
 */
const unused = /undici\/lib\/(?:dispatcher\/client-h2|web\/.*|llhttp\/llhttp-wasm)\.js$/;

/** What undici asserts with. Node's own, which loads differ and colours and opens stderr, only fails with it. */
const lazyAssert = `module.exports = (value, message) => {
  if (!value) process.getBuiltinModule('node:assert')(value, message);
};`;

/** undici's own mark of Node's bundle, which leaves out its experimental parser. */
export const undiciMark = { esbuildDetection: 'true' } as const;

/** An entry for undici alone: its code is then in a file of its own. */
export const undiciEntry = { undici: 'undici' } as const;

/** Tells whether a built file, or its source map, is that entry, which nothing loads. */
export const isUndiciEntry = (path: string): boolean => /(?:^|\/)undici\.mjs(?:\.map)?$/.test(path);

/** Bundles of undici only what the function uses. */
export const bundleUndici = (root: string): Plugin => ({
  name: 'undici',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'undici' }));
    onLoad({ filter: /.*/, namespace: 'undici' }, () => ({ contents: used, resolveDir: root }));
    onResolve({ filter: /^node:assert$/ }, ({ importer }) =>
      /[\\/]undici[\\/]lib[\\/]/.test(importer)
        ? { path: 'assert', namespace: 'undici-assert' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'undici-assert' }, () => ({ contents: lazyAssert }));
    onLoad({ filter: unused }, () => ({ contents: 'module.exports = {};' }));
  },
});
