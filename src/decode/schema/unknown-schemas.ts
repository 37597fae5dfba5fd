import type { RecordError } from '../../record-error.ts';
import type { Clock } from '../../runtime/deadline.ts';

/** How long an unknown schema is cached, in milliseconds. */
const ttlMs = 60_000;

interface Unknown {
  readonly error: RecordError;
  /** When it expires, in milliseconds since 1970. */
  readonly until: number;
}

/** The schemas that a registry does not have, each with the error of its records. */
export class UnknownSchemas {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #schemas = new Map<string, Unknown>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Removes expired ones. */
  expire(): void {
    const now = this.#clock.now();
    for (const [key, { until }] of this.#schemas) if (until <= now) this.#schemas.delete(key);
  }

  add(key: string, error: RecordError): void {
    this.#schemas.set(key, { error, until: this.#clock.now() + ttlMs });
  }

  /** Undefined when the schema is not cached as unknown. */
  errorOf(key: string): RecordError | undefined {
    return this.#schemas.get(key)?.error;
  }
}
