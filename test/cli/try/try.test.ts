import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readTryOptions } from '../../../cli/try/options.ts';
import { previewOf } from '../../../cli/try/preview.ts';
import { runTry } from '../../../cli/try/run.ts';
import { recordsOfLines } from '../../../local/event-source-mapping/record-lines.ts';
import { runCommand } from '../../support/run-command.ts';
import { startSchemaRegistry } from '../../support/schema-registry/schema-registry.ts';
import { framed } from '../../support/values.ts';

const root = join(import.meta.dirname, '../../..');

const asTry = { now: 0, plainText: 'value' } as const;

const preview = (lines: string, args: readonly string[], environment = {}) => {
  const options = readTryOptions(args, environment);
  if (options === null) throw new Error('help');
  return previewOf(recordsOfLines(lines, asTry), options);
};

describe('npm run try', () => {
  it('refuses a variable that a letter makes another name than that of a setting', () => {
    expect(() => readTryOptions([], { FIELDMAP: '{}' })).toThrow(
      'FIELDMAP is not a setting of the function; did you mean FIELD_MAP?',
    );
    expect(readTryOptions([], { TRANSPORT: 'tcp', LOGNAME: 'x' })).not.toBeNull();
  });

  it('prints what docs/WRITING.md shows', async () => {
    const document = readFileSync(join(root, 'docs/WRITING.md'), 'utf8');
    const [, shown = ''] = /```\n\$ npm run try -- ([\s\S]*?)\n```/.exec(document) ?? [];
    const [command = '', ...lines] = shown.split('\n');
    const [, file = '', transform = ''] =
      /^--records (\S+) --transform '(.*)'$/.exec(command) ?? [];
    const line = ['--records', file, '--transform', transform];
    const { status, stdout } = await runCommand(runTry, line);
    expect([status, stdout.trimEnd().split('\n')]).toEqual([0, lines]);
  });

  it('reads records from standard input, and settings from the environment', async () => {
    const given = {
      input: '{"mail":"a@example.com"}',
      variables: { FIELD_MAP: '{"mail":"Email"}' },
    };
    const { stdout } = await runCommand(runTry, [], given);
    expect(stdout).toBe('✓ topic-0@0  row  {"Email":"a@example.com"}\n\n1 record: 1 row\n');
  });

  it.each([
    [['--transform', '{"A": '], 'TRANSFORM is not a JSONata expression: JSONata error S0203'],
    [['--transfrom', 'x'], "Unknown option '--transfrom'"],
    [
      ['--records', 'nowhere.jsonl'],
      'cannot read nowhere.jsonl (ENOENT)\nTry npm run try -- --help.',
    ],
    [['--brokers', 'localhost:9092'], '--brokers needs --topic'],
    [['--topic', 'contacts'], '--brokers is missing'],
    [['--topic', 'contacts', '--records', 'a.jsonl'], '--records and --topic are both set'],
    [['--topic', 'a', '--brokers', 'b:1', '--limit', '0'], '--limit takes a whole number from 1'],
    [['--limit', '3', '--tls'], 'No topic is read: leave out --limit, --tls, or name --brokers'],
    [['--topic', 'a', '--brokers', 'localhost:1'], 'No broker listens on localhost:1'],
  ])('%j says what is wrong, and fails', async (args, problem) => {
    const { status, stderr } = await runCommand(runTry, args);
    expect([status, stderr]).toEqual([1, expect.stringContaining(problem)]);
    expect(stderr).toContain('Try npm run try -- --help.');
  });

  it('prints its help', async () => {
    expect(await runCommand(runTry, ['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage:/),
    });
  });
});

describe('a preview', () => {
  it('shows a row without the key of an upsert as errant, and ends an expression that loops', async () => {
    const upsert = {
      ...{ SALESFORCE_OPERATION: 'upsert', SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c' },
    };
    expect(await preview('{"LastName":"nokey"}\n{"externalId__c":"A"}', [], upsert)).toMatchObject([
      { result: 'errant', detail: expect.stringContaining('KEY_MISSING') },
      { result: 'row' },
    ]);
    const loop = '($f := function($x) { $f($x) }; $f(1))';
    expect(await preview('{"a":1}', ['--transform', loop])).toMatchObject([
      { result: 'errant', detail: expect.stringContaining('ran longer than 1000 ms') },
    ]);
  });

  it('shows records in their order, with deletes and skipped tombstones', async () => {
    const id = '003Em0000000001AAA';
    const lines = `{"key":"${id}","value":null}\n\n{"value":{"Id":"${id}","Name":"x"}}`;
    const deleting = { SALESFORCE_OPERATION: 'delete' };
    expect(await preview(lines, [], deleting)).toEqual([
      { record: 'topic-0@0', result: 'delete', detail: `{"Id":"${id}"}` },
      { record: 'topic-0@1', result: 'row', detail: `{"Id":"${id}"}` },
    ]);
    expect(await preview('{"value":null}', [], { TOMBSTONES: 'skip' })).toMatchObject([
      { result: 'skipped' },
    ]);
  });

  it('has key, headers and topic for the expression', async () => {
    const line = '{"topic":"crm","key":"K","headers":{"tenant":"acme"},"value":{"a":1}}';
    const transform = '{"A": topic & "/" & key & "/" & headers.tenant}';
    expect(await preview(line, ['--transform', transform])).toMatchObject([
      { record: 'crm-0@0', result: 'row', detail: '{"A":"crm/K/acme"}' },
    ]);
  });

  it('shows the errors of every stage', async () => {
    const lines = [...['nope', '{"value":null}', '{"A":{"B":{"C":1}}}'], '{"a":1,"b":2}'].join(
      '\n',
    );
    const results = await preview(lines, [], { FIELD_MAP: '{"a":"X","b":"X"}' });
    expect(results.map(({ detail }) => detail.split(':')[0])).toEqual([
      ...['JSON_INVALID', 'TOMBSTONE', 'NESTING_TOO_DEEP', 'FIELD_REPEATED'],
    ]);
  });

  it('decodes with the schemas of a registry, whose login is in the environment', async () => {
    const login = { user: 'reader', password: 'pin-4711' };
    const registry = await startSchemaRegistry({ login });
    onTestFinished(() => registry.close());
    const schema = { type: 'record', name: 'P', fields: [{ name: 'LastName', type: 'string' }] };
    const id = registry.register('people-value', { schema: JSON.stringify(schema) });
    const options = readTryOptions([], {
      SCHEMA_REGISTRY_URL: registry.url,
      SCHEMA_REGISTRY_USER: login.user,
      SCHEMA_REGISTRY_PASSWORD: login.password,
    });
    const [record] = recordsOfLines('{"value":"x"}', asTry);
    const value = framed(id, Buffer.from('\u0006Ada'));
    expect(await previewOf([{ ...record!, value }], options!)).toEqual([
      { record: 'topic-0@0', result: 'row', detail: '{"LastName":"Ada"}' },
    ]);
  });
});
