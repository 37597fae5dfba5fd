import {
  type CallFault,
  type CallName,
  type CompleteFault,
  type Fault,
  type JobFault,
  parseFault,
} from './fault.ts';
import type { RowFault, UpsertFault } from './row-fault.ts';

interface Armed<F> {
  readonly fault: F;
  skip: number;
  /** null: always. */
  times: number | null;
}

/** The armed faults. Those armed first occur first. */
export class FaultList {
  #calls: Armed<CallFault>[] = [];
  #jobs: Armed<JobFault>[] = [];
  #rows: Armed<RowFault>[] = [];
  #upserts: Armed<UpsertFault>[] = [];

  /**
   * Arms a fault.
   * @throws Error when the fault is invalid.
   */
  arm(input: Fault): void {
    const fault = parseFault(input);
    if ('call' in fault) this.#calls.push(armed(fault));
    else if ('job' in fault) this.#jobs.push(armed(fault));
    else if ('rowError' in fault) this.#rows.push(armed(fault));
    else this.#upserts.push(armed(fault));
  }

  /** The next fault of this call, or null. */
  takeCall(call: CallName, when: 'before' | 'after'): CallFault | null {
    return take(
      this.#calls,
      (fault) => fault.when === when && (fault.call === call || fault.call === 'any'),
    );
  }

  /** The next fault of a job of that object, or null. */
  takeJob(object: string): JobFault | null {
    return take(this.#jobs, (fault) => isFor(fault, object));
  }

  /** The `sf__Error` of the next fault of a row with these cells, or null. */
  takeRow(object: string, cells: ReadonlyMap<string, string>): string | null {
    const fault = take(this.#rows, (candidate) => isForRow(candidate, object, cells));
    return fault && completeRowError(fault.rowError);
  }

  /** Whether the upsert of a row with these cells must ignore the record that it found. */
  takeUpsert(object: string, cells: ReadonlyMap<string, string>): boolean {
    return take(this.#upserts, (fault) => isForRow(fault, object, cells)) !== null;
  }

  /** Whether any row fault is armed: comparing the cells of every row is slow. */
  get hasRowFaults(): boolean {
    return this.#rows.length + this.#upserts.length > 0;
  }

  /** Those that are still armed. */
  list(): CompleteFault[] {
    return [...this.#calls, ...this.#jobs, ...this.#rows, ...this.#upserts].map(
      ({ fault }) => fault,
    );
  }

  /** Disarms all. */
  clear(): void {
    this.#calls = [];
    this.#jobs = [];
    this.#rows = [];
    this.#upserts = [];
  }
}

function armed<F extends CompleteFault>(fault: F): Armed<F> {
  return { fault, skip: fault.skip, times: fault.times };
}

function isFor(fault: JobFault | RowFault | UpsertFault, object: string): boolean {
  return fault.object === undefined || fault.object === object;
}

function isForRow(
  fault: RowFault | UpsertFault,
  object: string,
  cells: ReadonlyMap<string, string>,
): boolean {
  const matches = Object.entries(fault.match).every(([name, text]) => cells.get(name) === text);
  return matches && isFor(fault, object);
}

/** Counts an occasion for each matching fault, until one occurs. */
function take<F>(list: Armed<F>[], matches: (fault: F) => boolean): F | null {
  for (const [index, candidate] of list.entries()) {
    if (!matches(candidate.fault)) continue;
    if (candidate.skip > 0) {
      candidate.skip -= 1;
      continue;
    }
    if (candidate.times !== null) candidate.times -= 1;
    if (candidate.times === 0) list.splice(index, 1);
    return candidate.fault;
  }
  return null;
}

/** Adds a message to a code alone, and the ending where it is missing. */
function completeRowError(text: string): string {
  if (text.endsWith('--')) return text;
  return text.includes(':')
    ? `${text}:--`
    : `${text}:${text.toLowerCase().replaceAll('_', ' ')}:--`;
}
