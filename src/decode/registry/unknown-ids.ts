import type { RecordError } from '../../errors.ts';
import type { Clock } from '../../runtime/deadline.ts';

/** How long the registry is not asked again for an id that it does not have, in milliseconds. */
const keptForMs = 60_000;

interface Unknown {
  readonly error: RecordError;
  /** When it may be asked for again, in milliseconds since 1970. */
  readonly until: number;
}

/** The ids that the registry was lately found not to have, with what their records are told. */
export class UnknownIds {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #ids = new Map<number, Unknown>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Drops what was found out too long ago. */
  forget(): void {
    const now = this.#clock.now();
    for (const [id, { until }] of this.#ids) if (until <= now) this.#ids.delete(id);
  }

  add(id: number, error: RecordError): void {
    this.#ids.set(id, { error, until: this.#clock.now() + keptForMs });
  }

  /** Undefined: nothing is known of it. */
  errorOf(id: number): RecordError | undefined {
    return this.#ids.get(id)?.error;
  }
}
