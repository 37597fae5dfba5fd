// Builds the functions, each as one JavaScript file with its dependencies and a source map.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The Lambda functions: `src/handlers/<name>.ts` is built to `dist/<name>.mjs`. */
const functions = ['sink', 'doctor'] as const;

/**
 * Credential providers for a developer's machine. Lambda sets credentials in the environment, which
 * the SDK tries first, so these are never imported there.
 */
const unusedCredentialProviders = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/**
 * What few sinks need, by what the code imports dynamically: each is a file beside the function with
 * libraries alone, so that no class of the function exists twice.
 */
const loadedWhenNeeded: Readonly<Record<string, string>> = {
  jsonata: 'jsonata',
  './src/decode/protobuf/schema/parser.ts': 'protobufjs',
  './src/decode/registry/glue-client.ts': 'glue-client',
};

/** Leaves dynamic imports of these files to the runtime. */
const besideTheFunction: Plugin = {
  name: 'beside-the-function',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = path.startsWith('.') ? `./${relative(root, join(resolveDir, path))}` : path;
      const name = loadedWhenNeeded[file];
      return name === undefined ? undefined : { path: `./${name}.mjs`, external: true };
    });
  },
};

/** A bundled CommonJS dependency still calls `require` for Node's own modules. */
const requireBanner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Builds every function, and `dist/meta.json` with the size of each input; rejects after esbuild
 * has printed why.
 */
export async function build(): Promise<void> {
  const { metafile, outputFiles } = await bundle({
    absWorkingDir: root,
    entryPoints: functions.map((name) => `src/handlers/${name}.ts`),
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    external: [...unusedCredentialProviders],
    plugins: [besideTheFunction],
    banner: { js: requireBanner },
    sourcemap: true,
    // Positions are enough for a stack trace; sources would make the map five times as large.
    sourcesContent: false,
    metafile: true,
    write: false,
  });
  const loaded = await bundle({
    ...{ absWorkingDir: root, outdir: 'dist', outExtension: { '.js': '.mjs' } },
    ...{ bundle: true, minify: true, format: 'esm', platform: 'node', target: 'node24' },
    entryPoints: Object.fromEntries(
      Object.entries(loadedWhenNeeded).map(([from, to]) => [to, from]),
    ),
    mainFields: ['module', 'main'],
    external: unusedCredentialProviders,
    banner: { js: requireBanner },
    write: false,
  });
  for (const { path, contents } of [...outputFiles, ...loaded.outputFiles]) {
    await replaceFile(path, contents);
  }
  await replaceFile(join(root, 'dist/meta.json'), JSON.stringify(metafile));
}

/** Atomically, so that a concurrent reader gets the old file or the new one. */
async function replaceFile(path: string, contents: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, contents);
  await rename(draft, path);
}

// No top-level await: osls loads this file with require().
if (import.meta.main) {
  build().catch(() => {
    process.exitCode = 1;
  });
}
