import { parseId } from '../org/salesforce-id.ts';
import type { Job } from './job.ts';

/** The jobs of an org, oldest first. */
export class JobStore {
  readonly #jobs = new Map<string, Job>();

  /** Adds a job. */
  add(job: Job): void {
    this.#jobs.set(job.id, job);
  }

  /** The job of that id, of 15 or 18 characters, or undefined. */
  find(id: string): Job | undefined {
    return this.#jobs.get(parseId(id) ?? '');
  }

  /** All jobs. */
  list(): Job[] {
    return [...this.#jobs.values()];
  }

  /** Deletes a job. */
  delete(id: string): void {
    this.#jobs.delete(id);
  }

  /** Deletes all jobs. */
  clear(): void {
    this.#jobs.clear();
  }
}
