import type { JobFault } from '../fault/fault.ts';
import type { OrgState } from '../org/org-state.ts';
import { openBatch } from './batch.ts';
import { processChunk } from './chunk.ts';
import { hasEnded, type Job, type JobState } from './job.ts';

/** Rows that an org processes at a time (guide, "Bulk API 2.0 limits"). */
const CHUNK_ROWS = 200;

/** Processes jobs from `UploadComplete` to their end, in the background. */
export class JobRunner {
  readonly #org: OrgState;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(org: OrgState) {
    this.#org = org;
  }

  /** Queues a job. */
  start(job: Job): void {
    job.state = 'UploadComplete';
    const fault = this.#org.faults.takeJob(job.request.object.name);
    if (fault?.job === 'stall' && fault.state === 'UploadComplete') return;
    this.#after(this.#org.pace.queueMs, () => this.#begin(job, fault));
  }

  /** Stops all processing. */
  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #begin(job: Job, fault: JobFault | null): void {
    if (job.state !== 'UploadComplete') return;
    this.#enter(job, 'InProgress');
    job.startedAt = this.#org.now();
    const opened = openBatch(job, this.#org);
    if ('errorMessage' in opened) {
      job.errorMessage = opened.errorMessage;
      this.#end(job, 'Failed', fault);
      return;
    }
    job.batch = opened;
    const chunks = this.#chunk(opened.document.rows.length, fault);
    this.#after(this.#org.pace.chunkMs, () => this.#step(job, chunks, fault));
  }

  /** Row numbers by chunk, without rows that a fault excludes. choice: chunk-order. */
  #chunk(rowCount: number, fault: JobFault | null): number[][] {
    const starts = Array.from(
      { length: Math.ceil(rowCount / CHUNK_ROWS) },
      (_, i) => i * CHUNK_ROWS,
    );
    const shuffled = this.#org.choices['chunk-order'] === 'shuffled';
    const ordered = shuffled ? this.#org.shuffle(starts) : starts;
    const numbers = ordered.map((start) => {
      const length = Math.min(CHUNK_ROWS, rowCount - start);
      return Array.from({ length }, (_, i) => start + i);
    });
    return limit(numbers, rowsBeforeFault(rowCount, fault));
  }

  #step(job: Job, chunks: number[][], fault: JobFault | null): void {
    if (job.state !== 'InProgress') return;
    const [chunk, ...others] = chunks;
    if (chunk) processChunk(job, chunk, this.#org);
    job.modifiedAt = this.#org.now();
    if (others.length > 0) {
      this.#after(this.#org.pace.chunkMs, () => this.#step(job, others, fault));
    } else if (fault?.job !== 'stall') {
      this.#finish(job, fault);
    }
  }

  #finish(job: Job, fault: JobFault | null): void {
    if (fault?.job === 'fail') job.errorMessage = fault.errorMessage;
    if (fault?.job === 'lose-rows') loseRemaining(job);
    if (fault?.job === 'fail') this.#end(job, 'Failed', fault);
    else this.#end(job, fault?.job === 'abort' ? 'Aborted' : 'JobComplete', fault);
  }

  #end(job: Job, state: JobState, fault: JobFault | null): void {
    this.#enter(job, state);
    job.endedAt = this.#org.now();
    if (fault?.job === 'vanish' && hasEnded(job)) this.#org.jobs.delete(job.id);
  }

  #enter(job: Job, state: JobState): void {
    job.state = state;
    job.modifiedAt = this.#org.now();
  }

  #after(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
  }
}

function rowsBeforeFault(rowCount: number, fault: JobFault | null): number {
  if (fault === null || fault.job === 'vanish') return rowCount;
  if (fault.job === 'lose-rows') return Math.max(0, rowCount - fault.count);
  return fault.afterRows;
}

function limit(chunks: number[][], rowCount: number): number[][] {
  let left = rowCount;
  const kept: number[][] = [];
  for (const chunk of chunks) {
    if (left <= 0) break;
    kept.push(chunk.slice(0, left));
    left -= chunk.length;
  }
  return kept;
}

function loseRemaining(job: Job): void {
  const results = job.batch?.results ?? [];
  for (const [row, result] of results.entries()) results[row] = result ?? { kind: 'lost' };
}
