import { TimedOut } from './no-reply.ts';

/** How long one exchange may take, in whole milliseconds from 1. */
export interface TimeLimits {
  /** The whole exchange, from connecting to the end of the body. */
  readonly timeoutMs: number;
  /**
   * Without a sign of life: to the headers of the reply, and between two pieces of its body. Left
   * out: `timeoutMs`, so that only the whole exchange is bounded.
   */
  readonly silenceMs?: number;
}

/** Watches one exchange, and ends it through its signal when it takes too long. */
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

  /** Takes note of headers or a piece of the body. */
  heard(): void {
    this.#hasBegun = true;
    this.#silence.refresh();
  }

  /** Stops watching: the exchange is over. */
  stop(): void {
    clearTimeout(this.#whole);
    clearTimeout(this.#silence);
  }
}
