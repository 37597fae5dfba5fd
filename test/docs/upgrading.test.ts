import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { polling } from '../../infra/sinks-file/polling.ts';
import { sink } from '../../infra/sinks-file/schema.ts';
import { settings } from '../../src/config/settings.ts';
import { errorCodes } from '../../src/errors.ts';
import { metricUnits } from '../../src/invocation/metrics.ts';
import { stages } from '../../src/kafka/errant-record.ts';
import { errantCodes } from '../../src/record-error.ts';

const text = readFileSync('docs/UPGRADING.md', 'utf8');

/** What a user of version 0.1.0 could see, taken from its source. */
const before: {
  readonly settings: Readonly<Record<string, string | null>>;
  readonly errantCodes: readonly string[];
  readonly errorCodes: readonly string[];
  readonly logLines: readonly string[];
  readonly commands: readonly string[];
  readonly sinkKeys: readonly string[];
  readonly metrics: readonly string[];
  readonly stages: readonly string[];
} = JSON.parse(readFileSync('test/docs/fixtures/version-0.1.json', 'utf8'));

const section = (title: string): string =>
  text.split(`\n### ${title}\n`)[1]?.split(/\n##+ /)[0] ?? '';

const added = (now: readonly string[], then: readonly string[]) =>
  now.filter((name) => !then.includes(name)).toSorted();

const codesIn = (line: string) => [...line.matchAll(/`([A-Z_]{4,})`/g)].map(([, code]) => code);

/** A cell of the table of settings, by its setting. */
const rows = new Map(
  section('Settings')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [name = '', then = '', now = ''] = line.slice(2, -2).split(' | ');
      return [name.replaceAll('`', ''), { then, now }] as const;
    }),
);

const defaultOf = (fallback: string | null | undefined) =>
  fallback === undefined ? 'required' : fallback;

describe('docs/UPGRADING.md', () => {
  it('has every new setting with its default, and no setting is gone', () => {
    const isNew = added(Object.keys(settings), Object.keys(before.settings));
    const listed = [...rows].filter(([, { now }]) => now.startsWith('new'));
    expect(listed.map(([name]) => name).toSorted()).toEqual(isNew);
    expect(added(Object.keys(before.settings), Object.keys(settings))).toEqual([]);
    for (const [name, { now }] of listed) {
      const fallback = defaultOf(settings[name as keyof typeof settings].fallback);
      expect(now).toContain(fallback === null ? 'not set' : `new, \`${fallback}\``);
    }
  });

  it('has every default that is different', () => {
    const different = Object.entries(settings).flatMap(([name, { fallback }]) => {
      const [then, now] = [before.settings[name], defaultOf(fallback)];
      return then === undefined || then === now ? [] : [[name, `\`${then}\``, `\`${now}\``]];
    });
    expect(different.length).toBeGreaterThan(0);
    for (const [name = '', then, now = ''] of different) {
      expect([rows.get(name)?.then, rows.get(name)?.now.startsWith(now)]).toEqual([then, true]);
    }
  });

  it('has every new key of the sinks file, and no key is gone', () => {
    const keys = [...Object.keys(sink.shape), ...Object.keys(polling)];
    const [, listed = ''] = /In the sinks file (.+?) are new/.exec(section('Settings')) ?? [];
    const named = [...listed.matchAll(/`(\w+)`/g)].map(([, key]) => key);
    expect(named.toSorted()).toEqual([...new Set(added(keys, before.sinkKeys))]);
    expect(added(before.sinkKeys, keys)).toEqual([]);
  });

  it('has every new code of errant records, and no code is gone', () => {
    const [line = ''] = section('Codes, logs and messages')
      .split('\n')
      .filter((each) => each.startsWith('- New codes'));
    expect(codesIn(line).toSorted()).toEqual(added(errantCodes, before.errantCodes));
    expect(added(before.errantCodes, errantCodes)).toEqual([]);
    expect(added(before.errorCodes, Object.keys(errorCodes))).toEqual([]);
    expect(added(Object.keys(errorCodes), before.errorCodes)).toEqual([]);
  });

  it('has every log line and every stage that has another name', () => {
    const source = globSync('src/**/*.ts').map((path) => readFileSync(path, 'utf8'));
    const all = source.join('\n');
    const gone = before.logLines.filter((line) => !all.includes(`'${line}'`));
    expect(gone.length).toBeGreaterThan(0);
    for (const line of gone) expect(section('Codes, logs and messages')).toContain(`(\`${line}\`)`);
    for (const stage of added(before.stages, stages)) {
      expect(section('Codes, logs and messages')).toContain(`(\`${stage}\`)`);
    }
  });

  it('has every new command, and no metric is gone', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const named = [...section('Commands').matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
    for (const command of added(Object.keys(scripts), before.commands)) {
      expect(named).toContain(command);
    }
    expect(added(before.commands, Object.keys(scripts))).toEqual([]);
    expect(added(before.metrics, Object.keys(metricUnits))).toEqual([]);
  });
});
