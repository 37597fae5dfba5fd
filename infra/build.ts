// Builds the functions: each one file of JavaScript with everything in it, and its source map.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The Lambda functions there are: `src/handlers/<name>.ts` is built to `dist/<name>.mjs`. */
const functions = ['sink', 'doctor'] as const;

/**
 * Ways to AWS credentials that exist on a developer's machine only. Lambda hands a function its
 * credentials in the environment, which the SDK tries first, so these are never imported there.
 */
const unusedCredentialProviders = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** A bundled CommonJS dependency still calls `require` for Node's own modules. */
const requireBanner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Builds every function, with `dist/meta.json` to say what takes how much of it; rejects, after
 * esbuild has printed why, when a source cannot be built.
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
    external: unusedCredentialProviders,
    banner: { js: requireBanner },
    sourcemap: true,
    // Positions are enough for a stack trace; the sources would make the map five times as large.
    sourcesContent: false,
    metafile: true,
    write: false,
  });
  for (const { path, contents } of outputFiles) await replaceFile(path, contents);
  await replaceFile(join(root, 'dist/meta.json'), JSON.stringify(metafile));
}

/** In one step, so that whoever loads the function meanwhile gets the old one or the new one. */
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
