import type { BundledPackage } from './packages.ts';

/** The part of package-lock.json that is read. */
export interface LockFile {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly integrity?: string;
        readonly dependencies?: Readonly<Record<string, string>>;
      }
    >
  >;
}

/** The product that the packages are part of. */
export interface Product {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** Source: package-url specification, type npm: a scope is percent-encoded. */
const purlOf = ({ name, version }: Pick<BundledPackage, 'name' | 'version'>): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

const licensesOf = (license: string) =>
  /^[\w.+-]+$/.test(license) ? [{ license: { id: license } }] : [{ expression: license }];

/** The hash of the package's archive that npm has checked, in the form of CycloneDX. */
function hashesOf(integrity: string | undefined) {
  const [, digest] = /^sha512-(.+)$/.exec(integrity ?? '') ?? [];
  if (digest === undefined) return [];
  return [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }];
}

/** The folder in which Node.js finds a dependency of a package; null if it is not bundled. */
function foundFrom(folder: string, name: string, bundled: ReadonlySet<string>): string | null {
  for (let place = folder; ; place = place.slice(0, place.lastIndexOf('/node_modules/'))) {
    const nested = `${place}/node_modules/${name}`;
    if (bundled.has(nested)) return nested;
    if (!place.includes('/node_modules/')) break;
  }
  const top = `node_modules/${name}`;
  return bundled.has(top) ? top : null;
}

/**
 * Makes the bill of materials of the built functions: CycloneDX 1.6 in JSON. The same build gives the same
 * text, so it has no serial number and no time.
 */
export function billOfMaterials(
  packages: readonly BundledPackage[],
  { packages: locked }: LockFile,
  product: Product,
) {
  const refs = new Map(packages.map((one) => [one.folder, purlOf(one)] as const));
  const bundled = new Set(refs.keys());
  const purl = purlOf(product);
  const components = packages.map((one) => ({
    ...{ type: 'library', 'bom-ref': refs.get(one.folder), name: one.name, version: one.version },
    ...{ purl: purlOf(one), licenses: licensesOf(one.license) },
    hashes: hashesOf(locked[one.folder]?.integrity),
  }));
  const dependencies = packages.map(({ folder }) => {
    const names = Object.keys(locked[folder]?.dependencies ?? {});
    const found = names.flatMap((name) => foundFrom(folder, name, bundled) ?? []);
    return { ref: refs.get(folder), dependsOn: found.map((at) => refs.get(at)).toSorted() };
  });
  const own = Object.keys(locked['']?.dependencies ?? {});
  const direct = own.flatMap((name) => refs.get(`node_modules/${name}`) ?? []).toSorted();
  return {
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 },
    metadata: {
      component: {
        ...{ type: 'application', 'bom-ref': purl, name: product.name, version: product.version },
        ...{ purl, licenses: licensesOf(product.license) },
      },
    },
    components: unique(components, ({ purl: of }) => of),
    dependencies: [{ ref: purl, dependsOn: direct }, ...unique(dependencies, ({ ref }) => ref)],
  };
}

/** A version that is installed in two places is one component. */
function unique<T>(items: readonly T[], keyOf: (item: T) => unknown): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
