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
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'docs/*.md'];

/** Sources whose comments are checked. */
const sources = ['src', 'emulator/src', 'infra', 'cli', 'local', 'bench'].map(
  (one) => `${one}/**/*.ts`,
);

const commentsOf = (text: string): string =>
  [...text.matchAll(/\/\*\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*$/gm)].join('\n');

const found = (text: string, list: readonly (readonly [word: string, instead: string])[]) =>
  list.flatMap(([word, instead]) =>
    [...text.matchAll(new RegExp(`\\b(?:${word})\\b`, 'gi'))].map(
      ([match]) => `${match}: write "${instead}"`,
    ),
  );

it.each(globSync(documents))('%s uses the terms of the field', (document) => {
  expect(found(proseOf(readFileSync(document, 'utf8')), words)).toEqual([]);
});

it.each(globSync(sources))('the comments of %s use the terms of the field', (source) => {
  expect(found(commentsOf(readFileSync(source, 'utf8')), words)).toEqual([]);
});
