import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kafkaVersion } from '../e2e/given/kafka/jars.ts';
import { rowsOf } from '../support/tables.ts';
import { headingsOf, linksOf, proseOf, unevenRowsOf } from './markdown.ts';

const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);
const documents = globSync(['**/*.md', '.github/**/*.md'], {
  exclude: (name) => name === 'node_modules',
});
const inDocs = globSync('docs/*.md');

/** Lines that fit on a screen; a longer document lists its sections. */
const SCREEN = 60;

describe('README.md', () => {
  const text = readFileSync('README.md', 'utf8');

  it('has at most 150 lines', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });

  it.each(inDocs)('links to %s', (document) => {
    expect(linksOf(text)).toContain(document);
  });

  it('lists the frames of docs/VALUES.md, and who writes them', () => {
    const frames = rowsOf('Frames').filter(([frame]) => frame !== 'frame');
    const rows = frames.map(([frame, writtenBy]) => `| ${frame} | ${writtenBy} |`);
    const listed = text.split('\n').filter((line) => rows.includes(line));
    expect(listed).toEqual(rows);
    expect(rows).toHaveLength(6);
  });
});

describe.each(inDocs)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('begins with a title and one line that says what it is for', () => {
    expect(text).toMatch(/^# [^\n]+\n\n[A-Z][^\n]+\.\n\n/);
  });

  it('lists its sections if it is longer than a screen', () => {
    if (text.split('\n').length <= SCREEN) return;
    const sections = headingsOf(text).filter(({ level }) => level === 2);
    const listed = new Set(linksOf(text));
    expect(sections.filter(({ anchor }) => !listed.has(`#${anchor}`))).toEqual([]);
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

  it('has tables whose rows have the cells of their header', () => {
    expect(unevenRowsOf(text)).toEqual([]);
  });

  it('names commands that there are', () => {
    const named = [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, script]) => script);
    for (const script of named) expect(scripts).toContain(script);
  });

  it('links to files and headings that there are', () => {
    for (const link of linksOf(text)) {
      if (/^[a-z]+:/.test(link)) continue;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? document : join(dirname(document), path);
      expect(existsSync(target), link).toBe(true);
      if (anchor === undefined) continue;
      const anchors = headingsOf(readFileSync(target, 'utf8')).map((heading) => heading.anchor);
      expect(anchors, link).toContain(anchor);
    }
  });

  it('names files that there are', () => {
    const paths = proseOf(text, { keepsCode: true }).matchAll(
      /`((?:src|test|emulator|local|infra|cli|bench|docs)\/[\w./-]+\.\w+)`/g,
    );
    expect([...paths].map(([, path = '']) => path).filter((path) => !existsSync(path))).toEqual([]);
  });
});
