import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settings } from '../../src/settings.ts';
import { KAFKA_VERSION } from '../e2e/given/kafka/jars.ts';

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

  it('says in its deployment what the stage file holds', () => {
    const stage = readFileSync('infra/stages/dev.yml', 'utf8');
    const keys = [...stage.matchAll(/^(\w+):/gm)].map(([, key]) => key);
    for (const key of keys) expect(section('Settings of the sink')).toContain(`\`${key}\``);
  });
});

describe('compose.yml', () => {
  it('has the broker that the end-to-end suite runs on', () => {
    const [, version] =
      /image: apache\/kafka:([\d.]+)\n/.exec(readFileSync('compose.yml', 'utf8')) ?? [];
    expect(version).toBe(KAFKA_VERSION);
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
