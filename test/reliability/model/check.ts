import { reasonFor } from './allowances.ts';
import { checkInserted } from './check-inserted.ts';
import { checkKeyed } from './check-keyed.ts';
import { at, type Case } from './check-values.ts';
import { byRow, placeOf } from './meaning.ts';
import type { GivenRecord } from './scenario.ts';
import type { Violation } from './violation.ts';

/** Each record is where it has to be, as far as the errant queue says. */
function checkErrants({ scenario, outcome }: Case): Violation[] {
  return scenario.records.flatMap((record): Violation[] => {
    const code = outcome.errant.get(at(record));
    const place = placeOf(record, scenario);
    const where = `${at(record)} ${record.kind}`;
    if (code === undefined) {
      return place === 'errant' ? [{ kind: 'lost', what: `${where} is not in the queue` }] : [];
    }
    if (place === 'skipped') return [{ kind: 'errant without a reason', what: `${where} ${code}` }];
    if (reasonFor(record, scenario) !== null) return [];
    return [{ kind: 'errant without a reason', what: `${where} ${code}` }];
  });
}

/** Runs of records of one row that are refused, at most in one row. */
function refusedRuns(records: readonly GivenRecord[], scenario: Case['scenario']): number {
  const isBad = (record: GivenRecord) =>
    record.kind !== 'good' || placeOf(record, scenario) === 'errant';
  const ranges = [...byRow(records).values()].map(
    (row) =>
      row.filter((record, n) => isBad(record) && (n === 0 || !isBad(row[n - 1] as GivenRecord)))
        .length,
  );
  return Math.max(0, ...ranges);
}

/**
 * A generous bound: a bad record among n of a row is found in some 2 log n jobs. Where it is
 * unknown whether two spellings of a key are one, each spelling takes a job of its own.
 */
function mostJobs(records: readonly GivenRecord[], scenario: Case['scenario']): number {
  const spellings = scenario.unknownFields === 'send' ? records.length : 0;
  const halvings = (refusedRuns(records, scenario) + 1) * Math.ceil(Math.log2(records.length + 1));
  // Each delete that cannot be merged with the others of its row takes a round of its own.
  const removed = records.filter(({ kind }) => kind === 'delete').length;
  return 10 + spellings + removed + 3 * halvings;
}

/** No delivery did more than it may, or took longer. */
function checkDeliveries({ scenario, outcome }: Case): Violation[] {
  // A container and a zombie make jobs at the same time.
  const share = scenario.deliveries.some(({ chaos }) => chaos.kind === 'pause') ? 2 : 1;
  return outcome.delivered.flatMap(({ records, jobs, tookMs, error }, number): Violation[] => {
    const most = mostJobs(records, scenario) * share;
    const code = (error as { code?: string } | null)?.code ?? (error === null ? null : 'none');
    return [
      ...(jobs > most
        ? [
            {
              kind: 'too many jobs',
              what: `delivery ${number + 1}: ${jobs}, of ${records.length} records`,
            } as const,
          ]
        : []),
      ...((tookMs ?? 0) > scenario.remainingMs
        ? [{ kind: 'overran its time', what: `delivery ${number + 1}: ${tookMs} ms` } as const]
        : []),
      ...(code === 'UNEXPECTED' || code === 'none'
        ? [{ kind: 'unexpected error', what: `delivery ${number + 1}: ${error?.stack}` } as const]
        : []),
    ];
  });
}

/** No line of the log and no error holds a value. */
function checkTold({ scenario, outcome }: Case): Violation[] {
  const ids = outcome.rows.map(({ Id }) => String(Id).slice(0, 15));
  const values = [scenario.marker, scenario.marker.toUpperCase(), ...ids];
  const line = outcome.visibleText.find((text) => values.some((value) => text.includes(value)));
  return line === undefined ? [] : [{ kind: 'leaked a value', what: line.slice(0, 300) }];
}

/** All that a scenario's end breaks of what the sink promises. */
export function check(one: Case): Violation[] {
  const { scenario, outcome } = one;
  const always = [...checkDeliveries(one), ...checkTold(one)];
  if (outcome.unmatched > 0 && !scenario.deliveries.some(({ hides }) => hides)) {
    always.push({
      kind: 'unmatched row',
      what: `${outcome.unmatched} messages belong to no record`,
    });
  }
  if (!outcome.isDone) {
    const last = outcome.delivered.at(-1)?.ended ?? '';
    return [{ kind: 'stuck', what: last.slice(0, 300) }, ...always];
  }
  const rows = scenario.keyField === null ? checkInserted(one) : checkKeyed(one);
  return [...rows, ...checkErrants(one), ...always];
}
