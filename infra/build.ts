// Builds the functions, each as JavaScript files with their dependencies and source maps.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { failureText } from './build-failure.ts';
import { billOfMaterials } from './bundle/bill-of-materials.ts';
import { type BundledFunction, bundleFunction, partsFolder } from './bundle/function.ts';
import { licensesText } from './bundle/licenses.ts';
import { bundledPackages } from './bundle/packages.ts';
import { release } from './release.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The Lambda functions: `src/handlers/<name>.ts` is built to `dist/<name>.mjs`, and what it loads only
 * when needed to files in `dist/<name>-parts/`.
 */
const functions = ['sink', 'doctor'] as const;

/** Writes the files of a function; those that it loads first. */
async function write({ files }: BundledFunction, name: string, dist: string): Promise<void> {
  const folder = join(dist, partsFolder(name));
  const entry = join(dist, `${name}.mjs`);
  const entryLast = files.toSorted((one, other) => {
    return Number(one.path === entry) - Number(other.path === entry);
  });
  for (const { path, contents } of entryLast) await replaceFile(path, contents);
  const written = new Set(files.map(({ path }) => path));
  for (const file of await readdir(folder)) {
    // Not the temporary files of a build that runs at the same time.
    const isOld = /\.mjs(\.map)?$/.test(file) && !written.has(join(folder, file));
    if (isOld) await rm(join(folder, file), { force: true });
  }
}

/** Writes the licences of the packages that are bundled, and the bill of materials. */
async function writeMaterials(metafile: Metafile, dist: string): Promise<void> {
  const lock = await readJson('package-lock.json');
  const manifest = await readJson('package.json');
  const packages = await bundledPackages(root, metafile);
  const materials = billOfMaterials(packages, lock, manifest);
  await replaceFile(join(dist, 'THIRD-PARTY-LICENSES.txt'), licensesText(packages));
  await replaceFile(join(dist, 'sbom.cdx.json'), `${JSON.stringify(materials, null, 2)}\n`);
}

/** Throws SyntaxError that names the file. */
async function readJson(name: string) {
  const text = await readFile(join(root, name), 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`${name} is not JSON. Restore it.`, { cause: error });
  }
}

/**
 * Builds every function into a folder; `meta.json` with the size of each input; the licences and the bill
 * of materials of the packages in them. Rejects after esbuild has printed why, or with what `failureText`
 * explains.
 */
export async function build(dist = join(root, 'dist')): Promise<void> {
  const metafile: Metafile = { inputs: {}, outputs: {} };
  // Here alone a release without its commit is warned of: once for each build.
  const builtRelease = release(root, (line) => console.error(line));
  for (const name of functions) {
    const result = await bundleFunction(name, builtRelease, dist);
    await write(result, name, dist);
    Object.assign(metafile.inputs, result.metafile.inputs);
    Object.assign(metafile.outputs, result.metafile.outputs);
  }
  await replaceFile(join(dist, 'meta.json'), JSON.stringify(metafile));
  await writeMaterials(metafile, dist);
}

/**
 * Atomically, so that a concurrent reader gets the old file or the new one. A file that has these contents
 * already is left alone: osls refuses to pack one that is replaced while it reads.
 */
async function replaceFile(path: string, contents: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const now = await readFile(path).catch(() => null);
  if (now?.equals(Buffer.from(contents)) === true) return;
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, contents);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

// No top-level await: osls loads this file with require().
if (import.meta.main) {
  build().catch((error) => {
    const text = failureText(error);
    if (text !== null) console.error(text);
    process.exitCode = 1;
  });
}
