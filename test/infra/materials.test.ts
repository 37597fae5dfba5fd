import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { build } from '../../infra/build.ts';
import { billOfMaterials } from '../../infra/bundle/bill-of-materials.ts';
import { licensesText } from '../../infra/bundle/licenses.ts';
import { bundledFolders } from '../../infra/bundle/packages.ts';
import { root } from './template.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const json = (path: string) => JSON.parse(read(path));

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly 'bom-ref': string;
  readonly licenses: readonly object[];
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
}

interface Materials {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: string[] }[];
}

/** The packages that the source maps of the built files name, with their versions: not those of all code. */
function packagesOfMaps(): string[] {
  const outputs = Object.keys(json('dist/meta.json').outputs);
  const sources = outputs
    .filter((path) => path.endsWith('.map'))
    .flatMap((path) => json(path).sources as string[]);
  const folders = sources.flatMap((source) => {
    const place = source.lastIndexOf('node_modules/');
    const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(source.slice(place + 13)) ?? [];
    const start = source.indexOf('node_modules/');
    return place === -1 ? [] : [`${source.slice(start, place + 13)}${name}`];
  });
  return [...new Set(folders)].map((folder) => {
    const { name, version } = json(`${folder}/package.json`);
    return `${name} ${version}`;
  });
}

let materials: Materials;
let packages: readonly string[];
beforeAll(() => {
  materials = json('dist/sbom.cdx.json');
  packages = packagesOfMaps();
});

const one = {
  ...{ folder: 'node_modules/@a/b', name: '@a/b', version: '1.0.0', license: 'MIT' },
  ...{ author: 'A', texts: [] },
};

describe('the bill of materials', () => {
  it('has every package that the source maps of the built files name', () => {
    const listed = new Set(materials.components.map(({ name, version }) => `${name} ${version}`));
    expect(packages.length).toBeGreaterThan(20);
    expect(packages.filter((named) => !listed.has(named))).toEqual([]);
  });

  it('has every package with code in a built file, and no other', () => {
    const folders = bundledFolders(json('dist/meta.json'));
    const bundled = folders.map((folder) => {
      const { name, version } = json(`${folder}/package.json`);
      return `${name} ${version}`;
    });
    const listed = materials.components.map(({ name, version }) => `${name} ${version}`);
    expect(listed.toSorted()).toEqual([...new Set(bundled)].toSorted());
  });

  it('has the hash that npm checks, and a licence, of each', () => {
    const hashes = Object.values(json('package-lock.json').packages).flatMap((entry) => {
      const { integrity = '' } = entry as { integrity?: string };
      return Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
    });
    for (const { purl, licenses, hashes: own } of materials.components) {
      expect([purl, licenses.length, own.length]).toEqual([purl, 1, 1]);
      expect(hashes).toContain(own[0]?.content);
    }
  });

  it('refers only to what it has, each by its own name', () => {
    const { component } = materials.metadata;
    const refs = [component, ...materials.components].map((each) => each['bom-ref']);
    expect(refs).toEqual([...new Set(refs)]);
    expect(materials.dependencies.map(({ ref }) => ref).toSorted()).toEqual(refs.toSorted());
    for (const { dependsOn } of materials.dependencies) {
      for (const ref of dependsOn) expect(refs).toContain(ref);
    }
    expect(materials.dependencies[0]?.dependsOn).toContain(
      `pkg:npm/zod@${json('package.json').dependencies.zod}`,
    );
  });

  it('is of this version, and the same for the same build, which replaces no file', async () => {
    const { name, version } = json('package.json');
    expect(materials.metadata.component).toMatchObject({ name, version });
    // osls refuses to pack a file that is replaced while it reads, though with the same contents.
    const inodes = () => {
      const files = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' });
      return files.toSorted().map((file) => [file, statSync(join(root, 'dist', file)).ino]);
    };
    const first = inodes();
    await build();
    expect(inodes()).toEqual(first);
    expect(json('dist/sbom.cdx.json')).toEqual(materials);
  });

  it('finds the version of a dependency that a package has of its own', () => {
    const packagesGiven = [
      one,
      { ...one, folder: 'node_modules/c', name: 'c' },
      { ...one, folder: 'node_modules/@a/b/node_modules/c', name: 'c', version: '2.0.0' },
    ];
    const locked = { packages: { 'node_modules/@a/b': { dependencies: { c: '^2', d: '1' } } } };
    const product = { ...one, name: 'product' };
    const { dependencies } = billOfMaterials(packagesGiven, locked, product);
    const found = dependencies.find(({ ref }) => ref === 'pkg:npm/%40a/b@1.0.0');
    expect(found?.dependsOn).toEqual(['pkg:npm/c@2.0.0']);
  });
});

describe('THIRD-PARTY-LICENSES.txt', () => {
  it('has every package that is bundled, under the terms of its licence', () => {
    const text = read('dist/THIRD-PARTY-LICENSES.txt');
    for (const named of packages) expect(text).toContain(`\n${named} (`);
    for (const folder of bundledFolders(json('dist/meta.json'))) {
      const own = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'NOTICE'].flatMap((file) => {
        try {
          return read(`${folder}/${file}`).trim().replaceAll('\r\n', '\n');
        } catch {
          return [];
        }
      });
      for (const terms of own) expect([folder, text.includes(terms)]).toEqual([folder, true]);
    }
  });

  it('has the standard terms for a package without a licence file, and no package without terms', () => {
    expect(licensesText([one])).toContain('Copyright (c) A\n\nPermission is hereby granted');
    expect(() => licensesText([{ ...one, license: 'UNKNOWN' }])).toThrow('add the text of UNKNOWN');
  });
});

describe('the release', () => {
  const workflow = read('.github/workflows/release.yml');

  it('has the bill of materials and the licences, attested with the functions', () => {
    expect(workflow).toContain('THIRD-PARTY-LICENSES.txt');
    expect(workflow).toContain('sbom.cdx.json');
    expect(workflow).toContain('actions/attest-sbom@');
    expect(workflow).toContain('actions/attest-build-provenance@');
  });

  it('has every file that is built, and no other', () => {
    const { outputs } = json('dist/meta.json');
    const built = Object.keys(outputs).map((path) => path.split('/')[1]);
    const packed =
      /zip -r \S+ \\\n([^)]*)\)/
        .exec(workflow)?.[1]
        ?.trim()
        .split(/[\s\\]+/) ?? [];
    expect(packed.toSorted()).toEqual(
      [...new Set([...built, 'THIRD-PARTY-LICENSES.txt'])].toSorted(),
    );
  });

  it('is checked with the whole history, as a commit is', () => {
    const ofCheckout = (name: string) =>
      parse(read(`.github/workflows/${name}.yml`))
        .jobs[name].steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))
        .map((step: { with?: object }) => step.with);
    expect(ofCheckout('release')).toEqual([{ 'fetch-depth': 0 }]);
    expect(ofCheckout('release')).toEqual(ofCheckout('check'));
  });

  it('has one version in every package', () => {
    const { version } = json('package.json');
    const { packages: locked } = json('package-lock.json');
    expect([json('emulator/package.json').version, locked[''].version]).toEqual([version, version]);
    expect(locked.emulator.version).toBe(version);
  });
});
