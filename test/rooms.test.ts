import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

/** What each room may import: the rooms before it on the way of a record, and the ground below all. */
const ground = [
  'aws',
  'config',
  'deadline',
  'edges',
  'errors',
  'kafka/cluster',
  'kafka/coordinates',
  'kafka/errant',
  'kafka/record',
  'log',
  'loopback',
];
const session = [
  ...ground,
  'http',
  'salesforce/call',
  'salesforce/api-usage',
  'salesforce/version-warning',
];
const job = [...session, 'salesforce/session'];
const mayImport: Record<string, readonly string[]> = {
  kafka: ['errors'],
  registry: [...ground, 'http'],
  decode: [...ground, 'registry/registry'],
  shape: [...ground, 'decode/row', 'settings'],
  csv: [...ground, 'decode/row'],
  object: [...ground, 'csv'],
  http: [],
  ledger: ground,
  'salesforce/call': [...ground, 'http'],
  'salesforce/session': session,
  'salesforce/job': job,
  'salesforce/result': [...ground, 'csv/document', 'csv/salesforce-id', 'salesforce/job'],
  salesforce: [...ground, 'http/send', 'object/description'],
  settle: [...ground, 'csv/draft', 'csv/merge', 'salesforce/job/follow', 'salesforce/result'],
  delivery: [...ground, 'csv', 'ledger', 'salesforce', 'settle'],
  report: [...ground, 'kafka/event', 'salesforce/result/fates'],
  doctor: [...[...job, 'salesforce/org-calls', 'object'], ...['ledger/ledger', 'report/reporter']],
};

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)]
    .map(([, path]) => relative('src', resolve(dirname(file), path as string)))
    .map((path) => path.replace(/\.ts$/, ''));

const files = globSync('src/*/**/*.ts').map((file) => file.replaceAll('\\', '/'));

it.each(files.filter((file) => !file.startsWith('src/handlers/')))(
  '%s imports its own room and those before it',
  (file) => {
    const inner = dirname(relative('src', file));
    const room = Object.hasOwn(mayImport, inner) ? inner : (inner.split('/')[0] as string);
    const allowed = [room, ...(mayImport[room] ?? [])];
    const astray = importsOf(file).filter(
      (path) => !allowed.some((place) => path === place || path.startsWith(`${place}/`)),
    );
    expect(astray).toEqual([]);
  },
);

it('nothing imports the handlers, and only the flush knows both the event and the org', () => {
  const composing = globSync('src/**/*.ts').filter((file) => {
    const imported = importsOf(file);
    expect(imported.filter((path) => path.startsWith('handlers/'))).toEqual([]);
    return imported.includes('kafka/records') && imported.includes('salesforce/org');
  });
  expect(composing).toEqual(['src/flush.ts']);
});
