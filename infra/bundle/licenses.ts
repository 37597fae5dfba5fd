import type { BundledPackage } from './packages.ts';
import { standardTerms } from './standard-terms.ts';

const line = '-'.repeat(80);

/**
 * The terms of a package: its own files, else the standard text. Throws Error if neither is known, since
 * its code may then not be passed on.
 */
function termsOf({ name, texts, license, author }: BundledPackage): string {
  if (texts.length > 0) return texts.map(({ text }) => text.replaceAll('\r\n', '\n')).join('\n\n');
  const terms = standardTerms[license];
  if (terms !== undefined) return terms(author ?? `the authors of ${name}`);
  const file = 'infra/bundle/standard-terms.ts';
  throw new Error(`${name} has no licence file; add the text of ${license} to ${file}`);
}

/**
 * The text of THIRD-PARTY-LICENSES.txt: every bundled package, and the terms of its licence. Terms that
 * several packages share word for word are written once.
 */
export function licensesText(packages: readonly BundledPackage[]): string {
  const sections = [...Map.groupBy(packages, termsOf)].map(([terms, those]) => {
    const names = those.map(({ name, version, license }) => `${name} ${version} (${license})`);
    return `${line}\n${[...new Set(names)].join('\n')}\n${line}\n\n${terms}\n`;
  });
  const intro = 'Code of these packages is part of the built functions.\n';
  return [intro, ...sections].join('\n');
}
