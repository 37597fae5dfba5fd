import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The folders of `src/`, each with what it may import: those above it in this list, and of them only
 * these. An entry with a slash opens a single file or subfolder of a folder that is otherwise closed.
 */
const mayImport: Record<string, readonly string[]> = {
  errors: [],
  'record-error': [],
  runtime: ['errors'],
  config: ['errors'],
  kafka: ['errors', 'record-error'],
  decode: ['errors', 'record-error', 'runtime', 'config', 'kafka'],
  csv: ['errors', 'record-error', 'config/field-path', 'decode/decoded-record'],
  mapping: [
    'errors',
    'record-error',
    'runtime',
    'config',
    'kafka',
    'decode/decode',
    'decode/decoded-record',
    'decode/document-key',
    'decode/text',
    'decode/unavailable-value',
    'csv/cell',
    'csv/salesforce-id',
  ],
  rows: [
    ...['record-error', 'config', 'kafka', 'decode/decoded-record', 'decode/unavailable-value'],
    'csv',
  ],
  object: ['errors', 'record-error', 'config', 'kafka', 'csv', 'rows'],
  salesforce: [
    ...['errors', 'runtime', 'config', 'csv/comparable', 'csv/document', 'rows/key'],
    ...['csv/salesforce-id', 'object/description'],
  ],
  ledger: ['errors', 'record-error', 'runtime', 'kafka'],
  errant: ['errors', 'runtime', 'kafka', 'salesforce/result/row-result'],
  delivery: [
    ...[
      'errors',
      'record-error',
      'runtime',
      'config',
      'kafka',
      'csv',
      'rows',
      'object/description',
    ],
    ...['salesforce', 'ledger'],
  ],
  prepare: [
    ...['errors', 'runtime', 'config', 'kafka', 'decode', 'mapping', 'csv', 'rows', 'object'],
    ...['salesforce/org', 'salesforce/lookup', 'delivery'],
  ],
  flush: [
    ...['runtime', 'config', 'kafka', 'decode/decode', 'salesforce', 'ledger', 'errant'],
    ...['delivery', 'prepare'],
  ],
  preview: ['flush', 'kafka', 'ledger', 'prepare'],
  invocation: [
    ...['errors', 'runtime', 'config', 'kafka', 'salesforce', 'ledger', 'errant', 'flush'],
    ...['preview', 'decode/create-from-config', 'mapping/transform-records'],
  ],
  doctor: [
    ...['errors', 'runtime', 'config', 'decode/registry', 'mapping/transform', 'csv/comparable'],
    'csv/salesforce-id',
    ...['rows/key', 'object', 'salesforce', 'ledger', 'errant'],
  ],
  handlers: ['runtime', 'config', 'kafka', 'salesforce', 'invocation', 'doctor'],
};

/** Subfolders that may import less of their own folder, or of others, than the rest of it. */
const inside: Record<string, readonly string[]> = {
  'runtime/http': ['runtime/deadline'],
  'decode/logical': ['decode/decoded-record'],
  'salesforce/call': [],
  'salesforce/session': ['salesforce/call', 'salesforce/api-usage', 'salesforce/version-warning'],
  'salesforce/job': ['salesforce/call', 'salesforce/session'],
  'salesforce/result': ['salesforce/job'],
};

const nameOf = (path: string) => relative('src', path).replaceAll('\\', '/').replace(/\.ts$/, '');

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import) '(\.[^']+)'/g)].map(([, path]) =>
    nameOf(resolve(dirname(file), path as string)),
  );

const imports = new Map(globSync('src/**/*.ts').map((file) => [nameOf(file), importsOf(file)]));

const folderOf = (name: string): string => name.split('/')[0] ?? '';
const isIn = (path: string, place: string) => path === place || path.startsWith(`${place}/`);
const folders = Object.keys(mayImport);

/** The files that each folder imports from others, by the folder that they are in. */
function importsAmongFolders(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [name, paths] of imports) {
    const folder = folderOf(name);
    for (const path of paths) {
      if (folderOf(path) === folder) continue;
      found.set(folder, (found.get(folder) ?? new Set()).add(path));
    }
  }
  return found;
}

const among = importsAmongFolders();

describe('the folders of src', () => {
  it('are all in the list, in the order in which they may import each other', () => {
    expect([...new Set([...imports.keys()].map(folderOf))].toSorted()).toEqual(folders.toSorted());
    const upwards = Object.entries(mayImport).flatMap(([folder, allowed]) =>
      allowed.filter((place) => folders.indexOf(folderOf(place)) >= folders.indexOf(folder)),
    );
    expect(upwards).toEqual([]);
  });

  it.each([...imports])('%s imports its own folder and those that it may', (name, imported) => {
    const allowed = [folderOf(name), ...(mayImport[folderOf(name)] ?? [])];
    expect(imported.filter((path) => !allowed.some((place) => isIn(path, place)))).toEqual([]);
  });

  it.each(Object.entries(mayImport))(
    '%s may import nothing that it does not',
    (folder, allowed) => {
      const used = [...(among.get(folder) ?? [])];
      expect(allowed.filter((place) => !used.some((path) => isIn(path, place)))).toEqual([]);
    },
  );

  it.each(Object.entries(inside))('%s imports of its folder only what it may', (place, allowed) => {
    const own = [...imports].filter(([name]) => isIn(name, place));
    expect(own).not.toEqual([]);
    const imported = own
      .flatMap(([, paths]) => paths)
      .filter((path) => folderOf(path) === folderOf(place) && !isIn(path, place));
    expect(imported.filter((path) => !allowed.some((one) => isIn(path, one)))).toEqual([]);
    expect(allowed.filter((one) => !imported.some((path) => isIn(path, one)))).toEqual([]);
  });
});

it('no file is imported by what it imports itself', () => {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    expect(path, `imports in a circle: ${[...path, name].join(' → ')}`).not.toContain(name);
    if (done.has(name)) return;
    for (const imported of imports.get(name) ?? []) visit(imported, [...path, name]);
    done.add(name);
  };
  for (const name of imports.keys()) visit(name, []);
});

it('no file of src has more than 150 lines', () => {
  const long = globSync('src/**/*.ts').filter(
    (file) => readFileSync(file, 'utf8').split('\n').length > 151,
  );
  expect(long).toEqual([]);
});

it('only the flush knows both the records of an event and the org', () => {
  const composing = [...imports].filter(
    ([, paths]) => paths.includes('kafka/records') && paths.includes('salesforce/org'),
  );
  expect(composing.map(([name]) => name)).toEqual(['flush']);
});

describe('the diagram in docs/DESIGN.md', () => {
  /** What nearly every folder imports; an arrow to them says nothing. */
  const everywhere = ['errors', 'record-error', 'runtime', 'config', 'kafka'];
  const isDrawn = (folder: string) => !everywhere.includes(folder);
  const text = readFileSync('docs/DESIGN.md', 'utf8');
  const diagram = /```mermaid\nflowchart TD\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const arrows = [...diagram.matchAll(/^ *(\w+) --> ([\w &]+)$/gm)].flatMap(([, from, to]) =>
    (to ?? '').split(' & ').map((one) => [from ?? '', one] as const),
  );
  const drawn = [...among].flatMap(([from, paths]) =>
    [...new Set([...paths].map(folderOf))]
      .filter((to) => isDrawn(from) && isDrawn(to))
      .map((to) => [from, to] as const),
  );

  /** Whether arrows lead from one folder to another. */
  const leads = (from: string, to: string, along: typeof arrows): boolean =>
    along.some(([start, end]) => start === from && (end === to || leads(end, to, along)));

  it('has an arrow, or a path of arrows, for each import of one folder by another', () => {
    expect(drawn.filter(([from, to]) => !leads(from, to, arrows))).toEqual([]);
  });

  it('has no arrow without an import, and none that others make needless', () => {
    const imported = new Set(drawn.map((arrow) => arrow.join(' --> ')));
    expect(arrows.filter((arrow) => !imported.has(arrow.join(' --> ')))).toEqual([]);
    const needless = arrows.filter(([from, to]) =>
      leads(
        from,
        to,
        arrows.filter(([start, end]) => start !== from || end !== to),
      ),
    );
    expect(needless).toEqual([]);
  });
});
