import fc from 'fast-check';
import { javaDouble, withSuffix } from 'salesforce-bulk-emulator';
import { describe, expect, it } from 'vitest';
import { type Comparison, comparable, looselyComparable } from '../../../src/csv/comparable.ts';
import { SinkError } from '../../../src/errors.ts';
import { readResults } from '../../../src/salesforce/result/read-results.ts';
import type { RowResult } from '../../../src/salesforce/result/row-result.ts';
import { type Files, jobOf, jobsWith, sentOf } from './given/results.ts';

type Kind = RowResult['kind'];

/** A row as it was sent and as it comes back, what became of it, and whether it is available. */
interface Sent {
  readonly cells: readonly string[];
  readonly echo: readonly string[];
  readonly kind: Kind;
  readonly isAtHand: boolean;
}

/** A column: what it takes, and the forms in which that comes back. */
interface Column {
  readonly comparison: Comparison;
  readonly cell: fc.Arbitrary<string>;
  readonly forms: (cell: string) => readonly string[];
}

const ids = ['003Em0000000abC', '003Em0000000abD'];
const columns: Readonly<Record<string, Column>> = {
  Name: {
    comparison: 'text',
    cell: fc.constantFrom('Ann', 'ann', '007', '7', '7.0', 'x;"y",\nz', ' Bob', ''),
    forms: (cell) => [cell, cell.trim()],
  },
  Size: {
    comparison: 'number',
    cell: fc.constantFrom('250', '250.0', '912260031', '9007199254740993', '0.1', '-0', ''),
    forms: (cell) => (cell === '' ? [cell] : [cell, javaDouble(Number(cell))]),
  },
  When: {
    comparison: 'datetime',
    cell: fc.constantFrom('2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z', '2026-01-02', ''),
    forms: (cell) => (cell.includes('T') ? [cell, '2026-01-02T03:04:05.000+0000'] : [cell]),
  },
  Ref: {
    comparison: 'id',
    cell: fc.constantFrom(...ids, withSuffix(ids[0] ?? ''), ''),
    forms: (cell) => (cell === '' ? [cell] : [cell, cell.slice(0, 15)]),
  },
};
const header = Object.keys(columns);

const row: fc.Arbitrary<Sent> = fc
  .tuple(...Object.values(columns).map(({ cell }) => cell))
  .chain((cells) =>
    fc.record({
      cells: fc.constant(cells),
      echo: fc.tuple(
        ...cells.map((cell, at) => {
          const forms = Object.values(columns)[at]?.forms(cell) ?? [cell];
          return fc.constantFrom(...forms);
        }),
      ),
      kind: fc.constantFrom<Kind>('written', 'failed', 'unprocessed'),
      isAtHand: fc.boolean(),
    }),
  );

/** Which of the columns are described: those of an object are all or none. */
const described = fc.constantFrom(header, []);
const comparisonsOf = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, columns[name]?.comparison ?? 'unknown'] as const));

/** What a row is in every column, at a level of knowledge. */
const lookOf = ({ cells }: Pick<Sent, 'cells'>, names: readonly string[]) =>
  header
    .map((name, at) => {
      const cell = cells[at] ?? '';
      const comparison = comparisonsOf(names)[name];
      return comparison === undefined ? looselyComparable(cell) : comparable(cell, comparison);
    })
    .join('|');

const all = { numRuns: 300 };

/** What became of the rows available; null: unknown. */
async function outcomesOf(rows: readonly Sent[], names: readonly string[], lost = 0) {
  const of = (kind: Kind) => ({
    header: header.toReversed(),
    rows: rows.filter((one) => one.kind === kind).map(({ echo }) => echo.toReversed()),
  });
  const unprocessed = of('unprocessed');
  const files: Files = {
    ...{ written: of('written'), failed: of('failed') },
    unprocessed: { ...unprocessed, rows: unprocessed.rows.slice(lost).toReversed() },
  };
  const failed = of('failed').rows.length;
  const job = jobOf('Failed', failed + of('written').rows.length, failed);
  const atHand = rows.filter(({ isAtHand }) => isAtHand);
  const table = { header, rows: atHand.map(({ cells }) => cells) };
  const sent = sentOf(table, { comparisons: comparisonsOf(names) });
  try {
    const { results } = await readResults(jobsWith(files).jobs, {
      ...{ ...sent, job, sent: rows.length },
    });
    return {
      redactedMessage: results.map(({ kind }) => kind),
      truth: atHand.map(({ kind }) => kind),
    };
  } catch (error) {
    if (error instanceof SinkError && error.code === 'JOB_ROWS_MISSING') return null;
    throw error;
  }
}

describe('of any rows, in whatever known form they come back,', () => {
  const jobs = described.chain((names) =>
    fc.record({
      names: fc.constant(names),
      rows: fc.uniqueArray(row, { selector: (one) => lookOf(one, names), minLength: 1 }),
      lost: fc.nat(3),
    }),
  );

  it('those available get their own result when no two are equal, or the outcome is unknown', async () => {
    let known = 0;
    let runs = 0;
    const run = fc.asyncProperty(jobs, async ({ names, rows, lost }) => {
      const result = await outcomesOf(rows, names, lost);
      runs += 1;
      known += result === null ? 0 : 1;
      if (result !== null) expect(result.redactedMessage).toEqual(result.truth);
    });
    await fc.assert(run, all);
    expect(known / runs).toBeGreaterThan(0.5);
  });

  it('those available get their own result where all columns are described, without a doubt', async () => {
    const selector = (one: Sent) => lookOf(one, header);
    const rowsOfAll = fc.uniqueArray(row, { selector, minLength: 1 });
    const run = fc.asyncProperty(rowsOfAll, async (rows) => {
      const result = await outcomesOf(rows, header);
      expect(result?.redactedMessage).toEqual(result?.truth);
      expect(result).not.toBeNull();
    });
    await fc.assert(run, all);
  });

  it('as many of equal ones get each result as Salesforce says, if all are available', async () => {
    const rowsAtHand = fc.array(row.map((one) => ({ ...one, isAtHand: true })));
    const run = fc.asyncProperty(rowsAtHand, described, async (rows, names) => {
      const result = await outcomesOf(rows, names);
      const pairs = (kinds: readonly Kind[] = []) =>
        kinds.map((kind, at) => `${lookOf(rows[at] as Sent, names)} ${kind}`).toSorted();
      expect(pairs(result?.redactedMessage)).toEqual(pairs(result?.truth));
    });
    await fc.assert(run, all);
  });
});
