import type { Comparison } from '../../../src/csv/comparable.ts';
import type { DeliveryContext, RowRules } from '../../../src/delivery/context.ts';
import { priorResults } from '../../../src/delivery/prior-results.ts';
import type { ErrantRecord } from '../../../src/kafka/errant-record.ts';
import type { RecordOrigin } from '../../../src/kafka/record.ts';
import type { LedgerErrants, LedgerJob, LedgerState } from '../../../src/ledger/state.ts';
import { keyText } from '../../../src/rows/key.ts';
import type { Row } from '../../../src/rows/row.ts';
import { readResults } from '../../../src/salesforce/result/read-results.ts';
import type { JobRows } from '../../../src/salesforce/result/row-result.ts';
import { type Files, jobOf, jobsWith } from '../../salesforce/result/given/results.ts';
import { columns, offsetsIn } from './rows.ts';

/** A job of an earlier delivery, what its files say, and what is available of it. */
export interface GivenJob {
  readonly files: Files;
  /** How many rows it was sent, and of how many records they were made. */
  readonly sent: number;
  readonly records?: number;
  readonly rows: readonly Row[];
  /** Records that no row can be made of any more. */
  readonly unreadable?: readonly ErrantRecord[];
  readonly storedErrants?: ReadonlyMap<RecordOrigin, LedgerErrants>;
  /** The jobs that the ledger knows of the partition; `one` is this. */
  readonly jobs?: readonly LedgerJob[];
  readonly tolerance?: 'all' | 'none';
  /** The error of refused rows; left out: a lock. */
  readonly rowError?: string;
  readonly caseSensitive?: boolean | null;
}

/** How rows with the key in `Key__c` are read; case sensitivity is unknown if null. */
function readingOf(caseSensitive: boolean | null): RowRules {
  const comparison: Comparison = caseSensitive === null ? 'unknown' : 'text';
  const text = keyText({ comparison, caseSensitive });
  const keyOf = ({ cells: [key = ''] }: Row) => (key === '' ? null : text(key));
  return {
    ...{ columns, keyOf, key: { name: 'Key__c', text } },
    ...{ comparisonOf: () => comparison, isDone: () => false, deletedBy: null },
  };
}

/** What is decided of the records of one prior job. */
export async function decidedOf(given: GivenJob) {
  const { files, sent, rows, unreadable = [], storedErrants = new Map(), jobs = [] } = given;
  const failed = files.failed?.rows.length ?? 0;
  const unprocessed = files.unprocessed?.rows.length ?? 0;
  const job = jobOf(unprocessed > 0 ? 'Failed' : 'JobComplete', sent - unprocessed, failed);
  const org = {
    results: (rows: JobRows) => readResults(jobsWith(files, [], given.rowError).jobs, rows),
  };
  const config = { errorsTolerance: given.tolerance ?? 'all' };
  const carried = [...rows.flatMap(({ records }) => records), ...unreadable.map((e) => e.record)];
  const records = given.records ?? carried.length;
  const inLedger = { id: job.id, rows: sent, records, carried, owned: carried };
  const state: LedgerState = new Map([
    [
      't-0',
      {
        topic: 't',
        partition: 0,
        version: 1,
        settled: [],
        errants: [],
        deleted: [],
        durations: [],
        sparse: false,
        jobs,
      },
    ],
  ]);
  const result = await priorResults(
    { config, org } as unknown as DeliveryContext,
    {
      ...{
        state,
        plan: {
          skipped: [],
          deleted: [],
          jobs: [inLedger],
          newRecords: [],
          errants: storedErrants,
        },
      },
      jobs: [{ job, inLedger }],
    },
    {
      rowRules: readingOf(given.caseSensitive === undefined ? true : given.caseSensitive),
      decoded: () => ({
        rows: new Map(rows.map((row) => [row.records[0] as RecordOrigin, row])),
        errants: new Map(unreadable.map((errant) => [errant.record, errant])),
      }),
    },
  );
  return {
    ...result,
    open: result.rows.flatMap(offsetsIn),
    retriedOffsets: [...result.retried].map(({ offset }) => offset),
    errant: result.errants.map(({ record, rejection, code }) => [
      record.offset,
      rejection?.errorCode ?? code,
    ]),
  };
}
