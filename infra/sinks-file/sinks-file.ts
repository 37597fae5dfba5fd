import { readYaml, type YamlDocument } from './document.ts';
import { type Issue, issuesOf } from './issues.ts';
import { frameworkVariables } from './placeholders.ts';
import { type Given, readSink } from './read-sink.ts';
import { regionFaults } from './region-rules.ts';
import { salvage } from './salvage.ts';
import { shared, type TopKeys, top } from './schema.ts';
import type { Place, Sink, Stage } from './sink.ts';

/** A parsed sinks file: a stage, or its problems. */
export type Reading =
  | { readonly stage: Stage; readonly problems: readonly [] }
  | { readonly stage: null; readonly problems: readonly string[] };

/**
 * Parses a sinks file. Each problem is one line with the line number, sink and key, and what the
 * key takes or what to do. `check` finds the problems of a stage whose keys are right.
 */
export function readSinksFile(
  source: string,
  place: Place,
  check: (stage: Stage) => readonly Issue[],
): Reading {
  const document = readYaml(source);
  if (document.errors.length > 0) {
    return {
      stage: null,
      problems: document.errors.map(({ line, says }) => `line ${line}: ${says}`),
    };
  }
  const unresolved = frameworkVariables(document.content);
  if (unresolved.length > 0) return { stage: null, problems: linesOf(unresolved, document) };
  const { sinks: entries = null, shared: common = {}, ...rest } = asMap(document.content);
  const own = salvage(top, rest);
  const shares = salvage(shared, common);
  const given: Given = {
    shares: shares.data,
    saidShared: asMap(common),
    place: { ...place, region: own.data.region },
  };
  const read = Object.entries(asMap(entries)).map(([name, entry]) => readSink(name, entry, given));
  const sinks = read.flatMap(({ sink }) => sink ?? []);
  const issues = [
    ...issuesOf(own.error, [], rest),
    ...issuesOf(shares.error, ['shared'], common),
    ...twoTopics(own.data),
    ...regionFaults(own.data).map(({ key, says }) => ({ path: [key], says })),
    ...countIssues(entries, read.length),
    ...read.flatMap((one) => one.issues),
    ...collisions(sinks),
  ];
  const stage = { ...place, ...own.data, sinks };
  const further = issues.length === 0 ? check(stage) : [];
  if (issues.length + further.length === 0) return { stage, problems: [] };
  return { stage: null, problems: linesOf([...issues, ...further], document) };
}

/** A fault in a shared key is found for every sink, but reported once. */
function linesOf(issues: readonly Issue[], document: YamlDocument): string[] {
  const lines = issues.map((issue) => [document.lineOf(issue.path), sentence(issue)] as const);
  const problems = lines.toSorted(([a], [b]) => a - b).map(([at, says]) => `line ${at}: ${says}`);
  return [...new Set(problems)];
}

function twoTopics({ alarmEmail, alarmTopicArn }: TopKeys): Issue[] {
  if (alarmEmail === undefined || alarmTopicArn === undefined) return [];
  const says = 'is not used with alarmTopicArn; remove one of them';
  return [{ path: ['alarmEmail'], says }];
}

function countIssues(entries: unknown, count: number): Issue[] {
  if (Array.isArray(entries)) {
    const says = 'takes a map from names to sinks, such as contacts: { … }; it is a list';
    return [{ path: ['sinks'], says }];
  }
  if (count > 0) return [];
  return [{ path: ['sinks'], says: 'takes at least one sink; it has none' }];
}

/**
 * Two mappings in one group would take partitions from each other, and Lambda refuses the second.
 */
function collisions(sinks: readonly Sink[]): Issue[] {
  const first = new Map<string, string>();
  return sinks.flatMap(({ name, consumerGroup }) => {
    const other = first.get(consumerGroup);
    first.set(consumerGroup, other ?? name);
    const says = `is also used by the sink ${other}; give each its own`;
    return other === undefined ? [] : [{ path: ['sinks', name, 'consumerGroup'], says }];
  });
}

function sentence({ path, says }: Issue): string {
  const parts = path.map((part) => (/^[\w-]+$/.test(String(part)) ? part : JSON.stringify(part)));
  const [area, name, ...keys] = parts;
  if (area !== 'sinks' || name === undefined) return `${parts.join('.')} ${says}`;
  return `sink ${keys.length === 0 ? name : `${name}, ${keys.join('.')}`} ${says}`;
}

function asMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
