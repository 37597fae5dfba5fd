import type { RecordError } from '../../record-error.ts';
import type { Clock } from '../../runtime/deadline.ts';

/** How long an unknown id is cached, in milliseconds. */
const ttlMs = 60_000;

interface Unknown {
  readonly error: RecordError;
  /** When it expires, in milliseconds since 1970. */
  readonly until: number;
}

/** The schema ids that the registry does not have, each with the error of its records. */
export class UnknownIds {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #ids = new Map<number, Unknown>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Removes expired ids. */
  expire(): void {
    const now = this.#clock.now();
    for (const [id, { until }] of this.#ids) if (until <= now) this.#ids.delete(id);
  }

  add(id: number, error: RecordError): void {
    this.#ids.set(id, { error, until: this.#clock.now() + ttlMs });
  }

  /** Undefined when the id is not cached as unknown. */
  errorOf(id: number): RecordError | undefined {
    return this.#ids.get(id)?.error;
  }
}
