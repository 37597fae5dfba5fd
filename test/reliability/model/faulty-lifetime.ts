import { Lifetime } from '../../support/lifetime.ts';
import type { Chaos } from './scenario.ts';

type Act<A extends unknown[], R> = (...given: A) => Promise<R>;

const never = new Promise<never>(() => undefined);

/** The life of a container, whose calls are counted: at one of them it is killed or stands still. */
export class FaultyLifetime extends Lifetime {
  readonly #chaos: Chaos;
  readonly #pause = Promise.withResolvers<'paused'>();
  readonly #goOn = Promise.withResolvers<void>();
  readonly #waiting: { readonly until: number; readonly then: () => void }[] = [];
  #calls = 0;

  constructor(chaos: Chaos) {
    super();
    this.#chaos = chaos;
  }

  /** Resolves when it stands still. */
  get paused(): Promise<'paused'> {
    return this.#pause.promise;
  }

  /** Resumes it if it is paused. */
  resume(): void {
    this.#goOn.resolve();
  }

  /** Does something after this number of calls of the container. */
  atCall(until: number, then: () => void): void {
    this.#waiting.push({ until, then });
  }

  override guarded<A extends unknown[], R>(
    act: Act<A, R>,
    late: ((...given: A) => Error) | null,
  ): Act<A, R> {
    const counted: Act<A, R> = async (...given) => {
      const action = this.#count();
      if (action === 'pause') await this.#standStill();
      if (action === 'kill before') return this.#die();
      const result = await act(...given);
      if (action === 'kill after') this.kill();
      return result;
    };
    return super.guarded(counted, late);
  }

  /** Counts a call, and says what happens at it. */
  #count(): 'nothing' | 'pause' | 'kill before' | 'kill after' {
    this.#calls += 1;
    const chaos = this.#chaos;
    for (const { until, then } of this.#waiting) if (until === this.#calls) then();
    if (chaos.kind === 'none' || chaos.at !== this.#calls) return 'nothing';
    return chaos.kind === 'pause' ? 'pause' : `kill ${chaos.when}`;
  }

  #die(): Promise<never> {
    this.kill();
    return never;
  }

  async #standStill(): Promise<void> {
    this.#pause.resolve('paused');
    await this.#goOn.promise;
  }
}
