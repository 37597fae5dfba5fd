import type { Checked } from './lanes.ts';
import type { Violation } from './violation.ts';

/** What must not be, by the column that counts it. */
const columns: Readonly<Record<string, readonly Violation['kind'][]>> = {
  lost: ['lost', 'stuck'],
  twice: ['twice'],
  'written and errant': ['written and errant'],
  'wrong value': ['wrong value', 'written against the rules'],
  other: [
    ...(['errant without a reason', 'unmatched row', 'too many jobs'] as const),
    ...(['overran its time', 'unexpected error', 'leaked a value'] as const),
  ],
};

function rowOf(name: string, checked: readonly Checked[]): string {
  const delivered = checked.flatMap(({ outcome }) => outcome.delivered);
  const ended = (how: string) => delivered.filter((one) => one.ended === how).length;
  const broke = (kinds: readonly Violation['kind'][]) =>
    checked.flatMap(({ violations }) => violations).filter(({ kind }) => kinds.includes(kind));
  const cells = [
    checked.length,
    checked.reduce((sum, { scenario }) => sum + scenario.records.length, 0),
    delivered.length,
    ended('killed'),
    ended('paused'),
    delivered.reduce((sum, { jobs }) => sum + jobs, 0),
    ...Object.values(columns).map((kinds) => broke(kinds).length),
  ];
  return `| ${name} | ${cells.join(' | ')} |`;
}

/** What was played and what was broken, as a table in Markdown: a row for each promise and operation. */
export function totals(checked: readonly Checked[]): string {
  const names = ['scenarios', 'records', 'deliveries', 'killed', 'zombies', 'jobs'];
  const header = ['promise, operation', ...names, ...Object.keys(columns)];
  const groups = Map.groupBy(
    checked,
    ({ scenario }) => `${scenario.promised}, ${scenario.operation}`,
  );
  return [
    `| ${header.join(' | ')} |`,
    `|---|${'---|'.repeat(header.length - 1)}`,
    ...[...groups].toSorted().map(([name, those]) => rowOf(name, those)),
    rowOf('in all', checked),
  ].join('\n');
}
