import type { FunctionLine, FunctionSettings } from './function-settings.ts';
import { LocalFunction } from './local-function.ts';
import type { Outcome } from './outcome.ts';

/**
 * Several processes of one function, as Lambda has several execution environments. Each runs one
 * invocation at a time; a warm one is used before another is started.
 */
export class FunctionPool {
  readonly #idle: LocalFunction[];
  readonly #all: readonly LocalFunction[];

  /** `size` is the maximum concurrency; `onLine` gets each line that any of them writes. */
  constructor(settings: FunctionSettings, size: number, onLine: (line: FunctionLine) => void) {
    this.#all = Array.from({ length: size }, () => new LocalFunction(settings, onLine));
    this.#idle = [...this.#all];
  }

  /** Invokes one of them; rejects only for more than `size` concurrent invocations. */
  async invoke(event: unknown): Promise<Outcome> {
    const chosen = this.#idle.pop();
    if (chosen === undefined) throw new Error('every process of the function is busy');
    try {
      return await chosen.invoke(event);
    } finally {
      this.#idle.push(chosen);
    }
  }

  /** Kills every process; the next invocations start new ones. */
  async kill(): Promise<void> {
    await Promise.all(this.#all.map((one) => one.kill()));
  }
}
