import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

/** What is below all rooms: it knows nothing of Kafka's records on their way to Salesforce. */
const ground = [
  ...['aws', 'config', 'deadline', 'edges', 'errors', 'log', 'loopback'],
  ...['kafka/cluster', 'kafka/coordinates', 'kafka/errant', 'kafka/record'],
];
const session = [
  ...[...ground, 'http', 'salesforce/call', 'salesforce/api-usage'],
  'salesforce/version-warning',
];
const job = [...ground, 'http', 'salesforce/call', 'salesforce/session'];
const results = [...['salesforce/result/read-results', 'salesforce/result/row-result']];

/** What each room, and each file that stands outside them, may import besides itself. */
const mayImport: Record<string, readonly string[]> = {
  // The ground.
  ...{ aws: [], contradictions: [], deadline: [], errors: [], log: [], loopback: [] },
  failure: ['errors'],
  settings: ['loopback'],
  config: ['contradictions', 'errors', 'settings'],
  edges: ['deadline', 'http/send'],
  http: [],
  kafka: ['errors'],
  // The rooms, in the order in which a record comes through them.
  registry: [...ground, 'http'],
  decode: [...ground, 'registry/registry', 'settings'],
  shape: [...ground, 'decode/row', 'settings'],
  csv: [...ground, 'decode/row'],
  object: [
    ...ground,
    ...['csv/cell', 'csv/columns', 'csv/draft', 'csv/field-name', 'csv/field-rules'],
  ],
  ledger: ground,
  'salesforce/call': [...ground, 'http'],
  'salesforce/session': session,
  'salesforce/job': job,
  'salesforce/result': ['csv/document', 'csv/comparable', 'csv/key', 'errors', 'salesforce/job'],
  salesforce: [...ground, 'http/send', 'object/description'],
  delivery: [
    ...[...ground, 'csv', 'ledger', 'object/description'],
    ...['salesforce/job/follow', 'salesforce/job/job-info', 'salesforce/job/time-budget'],
    ...[
      'salesforce/org',
      'salesforce/result/row-error',
      'salesforce/result/job-message',
      ...results,
    ],
  ],
  report: [...ground, 'kafka/event', 'salesforce/result/row-result'],
  // What puts the rooms together: each of these files may import those above it.
  rows: [
    ...['config', 'deadline', 'kafka/errant', 'kafka/record', 'kafka/records'],
    ...['decode/decode', 'decode/row', 'shape'],
  ],
  reading: [
    ...['config', 'errors', 'kafka/errant', 'decode/row', 'csv', 'object', 'salesforce/org'],
    ...['rows', 'delivery/already-done', 'delivery/delivery-parts'],
  ],
  fitting: [
    ...['config', 'kafka/errant', 'csv/draft', 'csv/key', 'object', 'salesforce/org'],
    ...['delivery/delivery-parts', 'reading'],
  ],
  prepare: [
    ...['config', 'kafka/errant', 'kafka/record', 'kafka/records', 'decode/decode', 'csv/draft'],
    ...['delivery/delivery-parts', 'delivery/prior-jobs', 'delivery/prior-results'],
    ...['delivery/tolerance', 'rows', 'reading', 'fitting'],
  ],
  metrics: ['kafka/record', 'ledger/memory', 'salesforce/job-load'],
  flush: [
    ...[...ground, 'kafka/records', 'decode/decode', 'ledger', 'prepare', 'report/reporter'],
    ...['delivery/deliver', 'delivery/delivery-parts', 'delivery/prior-jobs', 'metrics'],
    ...['salesforce/job/time-budget', 'salesforce/org'],
  ],
  invocation: [
    ...['failure', 'flush', 'kafka/cluster', 'kafka/coordinates', 'kafka/records', 'metrics'],
    ...['salesforce/job/time-budget', 'salesforce/salesforce'],
  ],
  'aws-services': [
    ...['aws', 'config', 'edges', 'ledger/ledger', 'ledger/table', 'metrics'],
    ...['report/queue', 'report/reporter', 'salesforce/session/credentials'],
  ],
  doctor: [
    ...[
      ...ground,
      'salesforce/api-usage',
      'salesforce/version-warning',
      'salesforce/call/failure',
      'salesforce/org-calls',
    ],
    ...['salesforce/session', 'object', 'ledger/ledger', 'report/reporter'],
  ],
  handlers: [
    ...['aws', 'aws-services', 'config', 'deadline', 'decode/container', 'doctor', 'edges'],
    ...['invocation', 'kafka/cluster', 'kafka/event', 'salesforce/salesforce'],
    'salesforce/session/credentials',
  ],
};

const nameOf = (path: string) => relative('src', path).replaceAll('\\', '/').replace(/\.ts$/, '');

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import) '(\.[^']+)'/g)].map(([, path]) =>
    nameOf(resolve(dirname(file), path as string)),
  );

const imports = new Map(globSync('src/**/*.ts').map((file) => [nameOf(file), importsOf(file)]));

/** The room that a file is in: the innermost that is named above. */
function roomOf(name: string): string {
  const [outer = '', inner] = name.split('/');
  return Object.hasOwn(mayImport, `${outer}/${inner}`) ? `${outer}/${inner}` : outer;
}

const isIn = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

it.each([...imports])('%s imports its own room and those before it', (name, imported) => {
  const room = roomOf(name);
  const allowed = [room, ...(mayImport[room] ?? [])];
  expect(imported.filter((path) => !allowed.some((place) => isIn(path, place)))).toEqual([]);
});

it.each(Object.entries(mayImport))('%s may import nothing that it does not', (room, allowed) => {
  const own = [...imports].filter(([name]) => roomOf(name) === room);
  expect(own).not.toEqual([]);
  // The ground is one: whoever stands on it stands on all of it.
  const needed = allowed.filter((place) => !ground.includes(place));
  const imported = own.flatMap(([, paths]) => paths);
  expect(needed.filter((place) => !imported.some((path) => isIn(path, place)))).toEqual([]);
});

it('no file is imported by what it imports itself', () => {
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): void => {
    expect(way, `imports in a circle: ${[...way, name].join(' → ')}`).not.toContain(name);
    if (done.has(name)) return;
    for (const path of imports.get(name) ?? []) visit(path, [...way, name]);
    done.add(name);
  };
  for (const name of imports.keys()) visit(name, []);
});

it('nothing imports the handlers, and only the flush knows both the event and the org', () => {
  const composing = [...imports].filter(
    ([, paths]) => paths.includes('kafka/records') && paths.includes('salesforce/org'),
  );
  expect(composing.map(([name]) => name)).toEqual(['flush']);
  const above = [...imports].filter(([, paths]) => paths.some((path) => isIn(path, 'handlers')));
  expect(above).toEqual([]);
});
