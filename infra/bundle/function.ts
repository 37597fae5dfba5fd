import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type OutputFile } from 'esbuild';
import { bundleBuiltins } from './builtins.ts';
import { bundleSourceMaps, withoutMap } from './source-maps.ts';
import { bundleUndici, isUndiciEntry, undiciEntry, undiciMark } from './undici.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The folder beside `<name>.mjs`. Not `<name>`: for the handler `dist/sink.handler` Lambda's runtime
 * tries `dist/sink` before `dist/sink.mjs`, and fails on a folder of that name.
 */
export const partsFolder = (name: string) => `${name}-parts`;

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

/** The files of a function, by absolute paths, and what esbuild says of them. */
export interface BundledFunction {
  readonly files: readonly Pick<OutputFile, 'path' | 'contents'>[];
  readonly metafile: Metafile;
}

/** Tells whether a file has code of packages alone. */
const hasNoSource = ([, { inputs }]: [string, Metafile['outputs'][string]]): boolean =>
  !Object.keys(inputs).some((path) => path.startsWith('src/'));

/** Bundles `src/handlers/<name>.ts` with its dependencies. Rejects after esbuild has printed why. */
export async function bundleFunction(
  name: string,
  builtRelease: string,
  dist: string,
): Promise<BundledFunction> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { [name]: `src/handlers/${name}.ts`, ...undiciEntry },
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // Dynamic imports become files of their own, and each module stays one.
    splitting: true,
    chunkNames: `${partsFolder(name)}/[name]-[hash]`,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    external: [...unusedCredentialProviders],
    define: { ...undiciMark, builtRelease: JSON.stringify(builtRelease) },
    plugins: [bundleUndici(root), bundleBuiltins, bundleSourceMaps],
    sourcemap: true,
    // Positions are enough for a stack trace; sources would make the maps five times as large.
    sourcesContent: false,
    metafile: true,
    write: false,
  });
  const outputs = Object.entries(metafile.outputs).filter(([path]) => !isUndiciEntry(path));
  const packagesOnly = new Set(outputs.filter(hasNoSource).map(([path]) => join(root, path)));
  const files = outputFiles
    .filter(({ path }) => !isUndiciEntry(path))
    .map(({ path, contents }) => {
      return { path, contents: packagesOnly.has(path) ? withoutMap(contents) : contents };
    });
  return { files, metafile: { ...metafile, outputs: Object.fromEntries(outputs) } };
}
