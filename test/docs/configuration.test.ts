import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kafka } from '../../infra/sinks-file/kafka.ts';
import { sink, top } from '../../infra/sinks-file/schema.ts';
import { readSinksFile } from '../../infra/sinks-file/sinks-file.ts';
import { settings } from '../../src/config/settings.ts';

const text = readFileSync('docs/CONFIGURATION.md', 'utf8');

const section = (title: string): string => text.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

const REQUIRED = new Set(['topic', 'object', 'salesforceUri', 'kafka', 'settings', 'environment']);

describe('docs/CONFIGURATION.md', () => {
  it('has a row for every setting, with its default and what it takes, and for no other', () => {
    const rows = section('Settings of the function')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const expected = Object.entries(settings).map(([name, { fallback, takes }]) => {
      const shown =
        fallback === null ? '–' : fallback === undefined ? 'required' : `\`${fallback}\``;
      return `| \`${name}\` | ${shown} | ${takes} |`;
    });
    expect(rows).toEqual(expected);
  });

  it('says what every key of a sinks file means', () => {
    const [tables = '', kafkaTable = ''] = section('Settings of the sink').split('### Kafka');
    for (const key of [...Object.keys(sink.shape), ...Object.keys(top.shape)]) {
      expect(tables).toContain(`\`${key}\``);
    }
    for (const { shape } of kafka.options) {
      for (const key of Object.keys(shape)) expect(kafkaTable).toContain(`\`${key}\``);
      const [kind = ''] = shape.kind.values;
      expect(kafkaTable).toContain(`| \`${kind}\` |`);
    }
  });

  it('says the defaults of a sink as they are', () => {
    const place = { service: 'SERVICE', stage: 'STAGE', release: 'RELEASE' };
    const { stage } = readSinksFile(readFileSync('infra/sinks/dev.yml', 'utf8'), place, () => []);
    const [{ name, ...defaults } = { name: '' }] = stage?.sinks ?? [];
    const named = (value: unknown) =>
      String(value)
        .replace('SERVICE', '<service>')
        .replace('STAGE', '<stage>')
        .replace(`-${name}`, '-<sink>');
    const rows = section('Settings of the sink').matchAll(/^\| `(\w+)` \| `?([^`|]+?)`? \|/gm);
    const shown = [...rows].filter(([, key = '']) => key in defaults && !REQUIRED.has(key));
    expect(shown.length).toBeGreaterThan(6);
    for (const [, key = '', value] of shown) {
      expect([key, value]).toEqual([key, named(defaults[key as keyof typeof defaults])]);
    }
  });
});
