import type { FunctionLine, FunctionSettings } from './function-settings.ts';
import { LocalFunction } from './local-function.ts';
import type { Outcome } from './outcome.ts';

/**
 * Several processes of one function, as Lambda has several containers of one: each runs one
 * invocation at a time, and a warm one is taken before another is started.
 */
export class FunctionPool {
  readonly #idle: LocalFunction[];
  readonly #all: readonly LocalFunction[];

  /** `size` is the most invocations at once; `onLine` gets each line that any of them writes. */
  constructor(settings: FunctionSettings, size: number, onLine: (line: FunctionLine) => void) {
    this.#all = Array.from({ length: size }, () => new LocalFunction(settings, onLine));
    this.#idle = [...this.#all];
  }

  /** Invokes one of them; rejects only when more than `size` invocations are asked for at once. */
  async invoke(event: unknown): Promise<Outcome> {
    const chosen = this.#idle.pop();
    if (chosen === undefined) throw new Error('every process of the function is busy');
    try {
      return await chosen.invoke(event);
    } finally {
      this.#idle.push(chosen);
    }
  }

  /** Kills every process, whatever it does; the next invocations get fresh ones. */
  async kill(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.kill()));
  }
}
