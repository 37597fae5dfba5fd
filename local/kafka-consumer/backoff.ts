import type { SourceEvent } from '../event-source-mapping/mapping-event.ts';
import type { Sleep } from '../event-source-mapping/sleep.ts';

/** Reports outages and sleeps. */
export interface BackoffPorts {
  onEvent: (event: SourceEvent) => void;
  sleep: Sleep;
}

const firstWaitMs = 250;
const maxWaitMs = 10_000;

/**
 * Counts the failures in a row of one operation that is retried, and waits between the tries.
 *
 * The first failure is not reported: leaders and coordinators move, and the next try finds them.
 */
export class Backoff {
  readonly #what: string;
  readonly #ports: BackoffPorts;
  #failures = 0;

  /** `what` is the operation, as in "cannot read the topic". */
  constructor(what: string, ports: BackoffPorts) {
    this.#what = what;
    this.#ports = ports;
  }

  /** Counts a failure, and waits before the next try or until `signal` aborts. */
  async failed(error: unknown, signal: AbortSignal): Promise<void> {
    const waitMs = Math.min(maxWaitMs, firstWaitMs * 2 ** this.#failures);
    this.#failures += 1;
    if (this.#failures > 1) {
      this.#ports.onEvent({ kind: 'outage', what: this.#what, error, waitMs });
    }
    await this.#ports.sleep(waitMs, signal);
  }

  /** Ends the outage. */
  succeeded(): void {
    if (this.#failures > 1) this.#ports.onEvent({ kind: 'outage-over', what: this.#what });
    this.#failures = 0;
  }
}
