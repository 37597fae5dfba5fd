const never = new Promise<never>(() => undefined);

/** Something that a container does and waits for. */
type Act<A extends unknown[], R> = (...given: A) => Promise<R>;

/** The life of a container, which a test can end, and during which waits can time out. */
export class Lifetime {
  #dead = false;
  #timeOut = Promise.withResolvers<void>();
  readonly #death = Promise.withResolvers<'killed'>();

  /** Resolves when it is killed. */
  get killed(): Promise<'killed'> {
    return this.#death.promise;
  }

  /** From now on nothing that it does has any effect, and nothing that it waits for comes. */
  kill(): void {
    this.#dead = true;
    this.#death.resolve('killed');
  }

  /** Whatever it waits for now has not come in time. */
  timeOut(): void {
    this.#timeOut.resolve();
    this.#timeOut = Promise.withResolvers();
  }

  /** Does something as long as there is life; `late` makes the error of a timeout, null: none. */
  guarded<A extends unknown[], R>(
    act: Act<A, R>,
    late: ((...given: A) => Error) | null,
  ): Act<A, R> {
    return async (...given) => {
      if (this.#dead) return never;
      let isWaiting = true;
      const timeOut = this.#timeOut.promise.then(() => {
        // What has come is not late: its time must not pass on the clock.
        if (!isWaiting || late === null) return never;
        throw late(...given);
      });
      try {
        const result = await Promise.race([act(...given), timeOut]);
        return this.#dead ? never : result;
      } catch (error) {
        if (this.#dead) return never;
        throw error;
      } finally {
        isWaiting = false;
      }
    };
  }
}
