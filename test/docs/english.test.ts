import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { proseOf } from './markdown.ts';

/** Words of a private vocabulary, each with the term to use instead. */
const words = [
  ['fates?|fated', 'result, outcome'],
  ['strays?', 'unmatched result'],
  ['verdicts?', 'outcome'],
  ['heeds?|heeded', 'enforce, obey'],
  ['reckons?|reckoned', 'estimate, calculate'],
  ['overtaken', 'superseded'],
  ['the way of', 'the path of'],
  ['so many (?:bytes|rows|records|cells)', 'the number'],
  ['as it stands', 'unchanged, current'],
  ['stands? in|stood in', 'emulates, is in'],
  ['mends?|mended|mending', 'fix, correct'],
  ['at hand', 'available'],
  ['anew', 'again'],
  ['in passing', 'transient'],
  ['whoever', 'name who'],
] as const;

/** Documents whose prose is checked; code and quoted output are not. */
const documents = ['*.md', 'docs/*.md', 'emulator/*.md', 'test/*/README.md', '.github/*.md'];

/** Sources whose comments are checked. */
const sources = ['src', 'emulator/src', 'infra', 'cli', 'local', 'bench', 'test'].map(
  (one) => `${one}/**/*.ts`,
);

const commentsOf = (text: string): string =>
  [...text.matchAll(/\/\*\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*$/gm)].join('\n');

/** The titles of tests. */
const titlesOf = (text: string): string =>
  [...text.matchAll(/\b(?:it|test|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])((?:(?!\1).)*)\1/g)]
    .map(([, , title]) => title)
    .join('\n');

const found = (text: string, list: readonly (readonly [word: string, instead: string])[]) =>
  list.flatMap(([word, instead]) =>
    [...text.matchAll(new RegExp(`\\b(?:${word})\\b`, 'gi'))].map(
      ([match]) => `${match}: write "${instead}"`,
    ),
  );

it.each(globSync(documents))('%s uses the terms of the field', (document) => {
  expect(found(proseOf(readFileSync(document, 'utf8')), words)).toEqual([]);
});

it.each(globSync(sources))(
  'the comments and test titles of %s use the terms of the field',
  (source) => {
    const text = readFileSync(source, 'utf8');
    expect(found(`${commentsOf(text)}\n${titlesOf(text)}`, words)).toEqual([]);
  },
);
