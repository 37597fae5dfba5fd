import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { bundleBuiltins } from '../../infra/bundle/builtins.ts';
import { bundleUndici, undiciMark } from '../../infra/bundle/undici.ts';
import { root } from './template.ts';

/** What a program prints once it is bundled as the function is. */
async function outputOf(source: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'builtins-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'program.mjs');
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root },
    ...{ bundle: true, minify: true, format: 'esm', platform: 'node', write: false },
    define: undiciMark,
    plugins: [bundleUndici(root), bundleBuiltins],
  });
  await writeFile(path, outputFiles[0]!.contents);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [path]);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const kinds = 'console.log(JSON.stringify(all.map((one) => typeof one)))';

test('every way to take a module of Node has all of its exports, also those behind getters', async () => {
  const source = `
    import assert, { deepStrictEqual } from 'node:assert';
    import * as http from 'node:http';
    import { globalAgent, request } from 'http';
    import { AsyncLocalStorage } from 'node:async_hooks';
    const { AsyncLocalStorage: atRuntime, AsyncResource } = await import('node:async_hooks');
    const { constants, request: http2 } = await import('node:http2');
    const fs = await import('fs');
    const events = require('node:events');
    new AsyncLocalStorage(); new atRuntime(); new events();
    const all = [assert, deepStrictEqual, http.get, globalAgent, request, AsyncResource];
    all.push(constants, fs.promises.readFile, fs.default.readFileSync);
    ${kinds}`;
  const [fn, object] = ['function', 'object'];
  expect(await outputOf(source)).toEqual([fn, fn, fn, object, fn, fn, object, fn, fn]);
});

test("to use http does not load Node's own undici, as an import of it would", async () => {
  const loaded = `
    console.log(JSON.stringify(process.moduleLoadList.filter((name) => /undici/.test(name))))`;
  const ways = [
    `import { request } from 'node:http'; request.name;`,
    `const { request } = await import('node:http'); request.name;`,
    `const { request } = require('node:http'); request.name;`,
  ];
  for (const way of ways) expect(await outputOf(`${way}${loaded}`)).toEqual([]);
});

test('undici loads the assert of Node only when an assertion fails, which ends as ever', async () => {
  const source = `
    import { Agent } from 'undici';
    const { getServerName } = require('undici/lib/core/util.js');
    const isLoaded = () => process.moduleLoadList.includes('NativeModule assert');
    new Agent();
    const all = [getServerName('a.example'), isLoaded()];
    try { getServerName(7); } catch ({ name, code }) { all.push(name, code); }
    console.log(JSON.stringify([...all, isLoaded()]));`;
  expect(await outputOf(source)).toEqual([
    'a.example',
    false,
    ...['AssertionError', 'ERR_ASSERTION'],
    true,
  ]);
});
