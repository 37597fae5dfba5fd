import type { RecordOrigin } from '../kafka/record.ts';
import { carriesRecord } from './offset-ranges.ts';
import type { LedgerJob, LedgerState } from './state.ts';

/** A job of an earlier invocation, and its records in this event. */
export interface InFlightJob {
  readonly id: string;
  /** All rows of the job, including those of records that are not in this event. */
  readonly rows: number;
  /** All records of those rows; 0: unknown. */
  readonly records: number;
  /** The records of this event that it carries. */
  readonly carried: readonly RecordOrigin[];
  /** The carried records that no later job carries; this job decides their outcome. */
  readonly owned: readonly RecordOrigin[];
  /** Set if its rows are deletes in a sink that also writes. */
  readonly deletes?: true;
}

/** Groups records by the jobs that carry them. */
export class JobsOfRecords {
  readonly #jobs = new Map<
    string,
    Omit<InFlightJob, 'id' | 'carried' | 'owned'> & {
      carried: RecordOrigin[];
      owned: RecordOrigin[];
    }
  >();

  constructor(state: LedgerState) {
    for (const { jobs } of state.values()) {
      for (const { id, rows, records, deletes } of jobs) {
        const counts = { rows, records, ...(deletes && { deletes }) };
        this.#jobs.set(id, { ...counts, carried: [], owned: [] });
      }
    }
  }

  /** Adds a record to the jobs that carry it; false if none does. No job owns one that is decided. */
  add(record: RecordOrigin, jobs: readonly LedgerJob[], isDecided: boolean): boolean {
    const carriers = jobs.filter((job) => carriesRecord(job, record));
    for (const { id } of carriers) this.#jobs.get(id)?.carried.push(record);
    const owner = carriers.at(-1);
    if (owner !== undefined && !isDecided) this.#jobs.get(owner.id)?.owned.push(record);
    return owner !== undefined;
  }

  /** The jobs with records. */
  list(): InFlightJob[] {
    return [...this.#jobs]
      .map(([id, job]) => ({ id, ...job }))
      .filter(({ carried }) => carried.length > 0);
  }
}
