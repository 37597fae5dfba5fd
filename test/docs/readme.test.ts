import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { kafka } from '../../infra/sinks-file/kafka.ts';
import { sink, top } from '../../infra/sinks-file/schema.ts';
import { readSinksFile } from '../../infra/sinks-file/sinks-file.ts';
import { settings } from '../../src/config/settings.ts';
import { kafkaVersion } from '../e2e/given/kafka/jars.ts';

const readme = readFileSync('README.md', 'utf8');
const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);
const documents = globSync('**/*.md', { exclude: (name) => name === 'node_modules' });

const section = (title: string): string =>
  readme.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

describe('README.md', () => {
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
    const place = { service: 'SERVICE', stage: 'STAGE' };
    const { stage } = readSinksFile(readFileSync('infra/sinks/dev.yml', 'utf8'), place);
    const [{ name, ...defaults } = { name: '' }] = stage?.sinks ?? [];
    const named = (value: unknown) =>
      String(value)
        .replace('SERVICE', '<service>')
        .replace('STAGE', '<stage>')
        .replace(`-${name}`, '-<sink>');
    const rows = section('Settings of the sink').matchAll(/^\| `(\w+)` \| `?([^|`]+?)`? \|/gm);
    const shown = [...rows].filter(([, key = '']) => key in defaults && !REQUIRED.has(key));
    expect(shown.length).toBeGreaterThan(6);
    for (const [, key = '', value] of shown) {
      expect([key, value]).toEqual([key, named(defaults[key as keyof typeof defaults])]);
    }
  });
});

const REQUIRED = new Set(['topic', 'object', 'salesforceUri', 'kafka', 'settings']);

describe('docs/OPERATIONS.md', () => {
  it('shows what the calculator prints', async () => {
    const text = readFileSync('docs/OPERATIONS.md', 'utf8');
    const [, line = '', shown] = /\n\$ npm run plan -- (.+)\n([^`]+)```/.exec(text) ?? [];
    const args = ['cli/plan/main.ts', ...line.split(' ')];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(shown).toBe(stdout);
  });
});

describe('compose.yml', () => {
  it('has the broker that the end-to-end suite runs on', () => {
    const [, version] =
      /image: apache\/kafka:([\d.]+)\n/.exec(readFileSync('compose.yml', 'utf8')) ?? [];
    expect(version).toBe(kafkaVersion);
  });
});

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('names commands that there are', () => {
    const named = [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, script]) => script);
    for (const script of named) expect(scripts).toContain(script);
  });

  it('links to files and headings that there are', () => {
    for (const [, link = ''] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path = '', heading] = link.split('#');
      const target = path === '' ? document : join(dirname(document), path);
      expect(existsSync(target), link).toBe(true);
      if (heading === undefined) continue;
      const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.+)$/gm)].map(
        ([, title = '']) =>
          title
            .toLowerCase()
            .replace(/[^\w\- ]/g, '')
            .replaceAll(' ', '-'),
      );
      expect(headings, link).toContain(heading);
    }
  });
});
