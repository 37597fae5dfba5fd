import { describe, expect, it } from 'vitest';
import { type Outcome, outcomes, type RetryWindow } from '../../src/delivery/outcome-table.ts';
import type { ResultKind } from '../../src/delivery/result-kind.ts';

/** A kind of result, and its outcome in each window. */
type Line = readonly [kind: ResultKind, ...byWindow: Outcome[]];

/** ERRORS_TOLERANCE=all: a record that can never be written is reported, and the flush continues. */
const all: readonly Line[] = [
  ['written', 'written', 'written', 'written', 'written'],
  ['rejected', 'errant', 'errant', 'errant', 'errant'],
  ['transient', 'retry', 'retry', 'redeliver', 'errant'],
  ['unprocessed', 'retry', 'retry', 'redeliver', 'redeliver'],
];

/** ERRORS_TOLERANCE=none: no record is skipped, so the flush fails until all are written. */
const none: readonly Line[] = [
  ['written', 'written', 'written', 'written', 'written'],
  ['rejected', 'retry', 'redeliver', 'redeliver', 'redeliver'],
  ['transient', 'retry', 'retry', 'redeliver', 'redeliver'],
  ['unprocessed', 'retry', 'retry', 'redeliver', 'redeliver'],
];

const windows: readonly RetryWindow[] = [
  'prior-delivery',
  'can-retry',
  'next-delivery',
  'exhausted',
];

const cases = Object.entries({ all, none }).flatMap(([tolerance, lines]) =>
  lines.flatMap(([kind, ...byWindow]) =>
    windows.map(
      (window, index) =>
        [tolerance as 'all' | 'none', kind, window, byWindow[index] as Outcome] as const,
    ),
  ),
);

describe('the table of outcomes', () => {
  it.each(cases)('with ERRORS_TOLERANCE=%s, %s with the window %s: %s', (...given) => {
    const [tolerance, kind, window, outcome] = given;
    expect(outcomes[tolerance][kind][window]).toBe(outcome);
  });

  it('has no other entry', () => {
    const entries = Object.values(outcomes).flatMap((kinds) =>
      Object.values(kinds).flatMap((byWindow) => Object.values(byWindow)),
    );
    expect(entries).toHaveLength(cases.length);
  });
});
