import { TimedOut } from './no-reply.ts';

/** Time limits of one exchange, in whole milliseconds, at least 1. */
export interface TimeLimits {
  /** From connecting to the end of the body. */
  readonly timeoutMs: number;
  /**
   * Longest silence: before the headers of the reply, and between two chunks of its body. Default:
   * `timeoutMs`.
   */
  readonly silenceMs?: number;
}

/** Aborts an exchange through its signal when it exceeds its time limits. */
export class Watch {
  readonly #controller = new AbortController();
  readonly #whole: NodeJS.Timeout;
  readonly #silence: NodeJS.Timeout;
  #hasBegun = false;

  constructor({ timeoutMs, silenceMs = timeoutMs }: TimeLimits) {
    const end = (what: string) => this.#controller.abort(new TimedOut(what));
    this.#whole = setTimeout(() => end(`no whole reply within ${timeoutMs} ms`), timeoutMs);
    this.#silence = setTimeout(() => {
      end(`${this.#hasBegun ? 'no more of the reply' : 'no reply'} within ${silenceMs} ms`);
    }, silenceMs);
  }

  /** Aborts with `TimedOut`. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Registers that headers or a chunk of the body have arrived. */
  heard(): void {
    this.#hasBegun = true;
    this.#silence.refresh();
  }

  /** Clears the timers: the exchange is over. */
  stop(): void {
    clearTimeout(this.#whole);
    clearTimeout(this.#silence);
  }
}
