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

/** The faults that wait for their occasion. The one that was armed first strikes first. */
export class FaultList {
  #calls: Armed<CallFault>[] = [];
  #jobs: Armed<JobFault>[] = [];
  #rows: Armed<RowFault>[] = [];
  #upserts: Armed<UpsertFault>[] = [];

  /**
   * Arms a fault.
   * @throws Error when it is no fault.
   */
  arm(input: Fault): void {
    const fault = parseFault(input);
    if ('call' in fault) this.#calls.push(armed(fault));
    else if ('job' in fault) this.#jobs.push(armed(fault));
    else if ('rowError' in fault) this.#rows.push(armed(fault));
    else this.#upserts.push(armed(fault));
  }

  /** The fault that strikes a call now, or null. */
  takeCall(call: CallName, when: 'before' | 'after'): CallFault | null {
    return strike(
      this.#calls,
      (fault) => fault.when === when && (fault.call === call || fault.call === 'any'),
    );
  }

  /** The fault that strikes a job of that object as it begins, or null. */
  takeJob(object: string): JobFault | null {
    return strike(this.#jobs, (fault) => isFor(fault, object));
  }

  /** The `sf__Error` that strikes a row of that object with these cells, or null. */
  takeRow(object: string, cells: ReadonlyMap<string, string>): string | null {
    const struck = strike(this.#rows, (fault) => isForRow(fault, object, cells));
    return struck && spellRowError(struck.rowError);
  }

  /** Whether the upsert of a row of that object with these cells overlooks the record it found. */
  takeUpsert(object: string, cells: ReadonlyMap<string, string>): boolean {
    return strike(this.#upserts, (fault) => isForRow(fault, object, cells)) !== null;
  }

  /** Whether any row fault is armed: looking at every row's cells has its price. */
  get hasRowFaults(): boolean {
    return this.#rows.length + this.#upserts.length > 0;
  }

  /** Those that still wait. */
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
  const fits = Object.entries(fault.match).every(([name, text]) => cells.get(name) === text);
  return fits && isFor(fault, object);
}

/** Counts the occasion for every fault that it fits, until one strikes. */
function strike<F>(list: Armed<F>[], fits: (fault: F) => boolean): F | null {
  for (const [index, candidate] of list.entries()) {
    if (!fits(candidate.fault)) continue;
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

/** A code alone gets a message; what lacks the ending gets it. */
function spellRowError(text: string): string {
  if (text.endsWith('--')) return text;
  return text.includes(':')
    ? `${text}:--`
    : `${text}:${text.toLowerCase().replaceAll('_', ' ')}:--`;
}
