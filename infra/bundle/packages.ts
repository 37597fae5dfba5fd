import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { z } from 'zod';

/** A package of which code is in the built functions. */
export interface BundledPackage {
  /** Relative to the root: `node_modules/zod`. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
  /** Null: not named. */
  readonly author: string | null;
  /** Its licence and notice files, by name; empty if it ships none. */
  readonly texts: readonly { readonly file: string; readonly text: string }[];
}

const manifest = z.object({
  ...{ name: z.string(), version: z.string(), license: z.string().min(1) },
  author: z
    .union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
    .nullable()
    .default(null),
});

/** Files with the terms of a package; those of its sources, such as `license.js`, are none. */
const termsFile = /^(licen[cs]e|copying|notice)([.-][\w-]+)*?(\.(md|txt))?$/i;

/** The package folder of a source: `node_modules/a/node_modules/@b/c`; null for own code. */
function folderOf(source: string): string | null {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(source)?.[0] ?? null;
}

/** The folders of all packages with at least one byte in an output. */
export function bundledFolders({ outputs }: Pick<Metafile, 'outputs'>): string[] {
  const sources = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([source, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [source] : [],
    ),
  );
  const folders = sources.map(folderOf).filter((folder) => folder !== null);
  return [...new Set(folders)].toSorted();
}

/** Throws Error for a package that does not say its name, version or licence. */
async function readPackage(root: string, folder: string): Promise<BundledPackage> {
  const read = (file: string) => readFile(join(root, folder, file), 'utf8');
  const parsed = manifest.safeParse(JSON.parse(await read('package.json')));
  if (!parsed.success) {
    throw new Error(`${folder}/package.json: ${z.prettifyError(parsed.error)}`);
  }
  const files = (await readdir(join(root, folder))).filter((file) => termsFile.test(file));
  const texts = files.toSorted().map(async (file) => ({ file, text: (await read(file)).trim() }));
  return { ...parsed.data, folder, texts: await Promise.all(texts) };
}

/** Reads the packages that are bundled, by folder. Throws Error as `readPackage` does. */
export function bundledPackages(
  root: string,
  metafile: Pick<Metafile, 'outputs'>,
): Promise<BundledPackage[]> {
  return Promise.all(bundledFolders(metafile).map((folder) => readPackage(root, folder)));
}
