import type { SourceEvent } from '../event-source-mapping/mapping-event.ts';
import type { Sleep } from '../event-source-mapping/sleep.ts';

/** Tells of trouble and sleeps. */
export interface TroublePorts {
  onEvent: (event: SourceEvent) => void;
  sleep: Sleep;
}

const firstWaitMs = 250;
const maxWaitMs = 10_000;

/**
 * One thing that may fail for a while and is tried again: how often in a row, and how long to wait.
 *
 * The first failure is not redactedMessage: leaders and coordinators move, and the next try finds them.
 */
export class Trouble {
  readonly #what: string;
  readonly #ports: TroublePorts;
  #failures = 0;

  /** `what` is what is tried, as in "cannot read the topic". */
  constructor(what: string, ports: TroublePorts) {
    this.#what = what;
    this.#ports = ports;
  }

  /** Takes note of one failure more, and waits before the next try or until `signal` aborts. */
  async wait(error: unknown, signal: AbortSignal): Promise<void> {
    const waitMs = Math.min(maxWaitMs, firstWaitMs * 2 ** this.#failures);
    this.#failures += 1;
    if (this.#failures > 1) {
      this.#ports.onEvent({ kind: 'trouble', what: this.#what, error, waitMs });
    }
    await this.#ports.sleep(waitMs, signal);
  }

  /** Takes note of a success. */
  over(): void {
    if (this.#failures > 1) this.#ports.onEvent({ kind: 'trouble-over', what: this.#what });
    this.#failures = 0;
  }
}
