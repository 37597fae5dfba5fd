import { RecordError, shown } from '../../errors.ts';

/** So many names of a path are in a reason; a recursive type may go on for thousands. */
const mostSteps = 4;

/** A record error on its way up through the records that it lies in. */
export class Located extends Error {
  readonly #error: RecordError;
  /** The names of the fields that it came through, the innermost first. */
  readonly #steps: string[] = [];

  constructor(error: RecordError) {
    super(error.message);
    this.name = 'Located';
    this.#error = error;
  }

  /** Adds the field around those that it has come through. */
  inside(name: string): this {
    this.#steps.push(name);
    return this;
  }

  /** The error with its path: `"Account"."Since__c": a date lies outside …`. */
  whole(): RecordError {
    const { code, reason } = this.#error;
    const path = this.#steps.slice(-mostSteps).reverse().map(shown).join('.');
    const more = this.#steps.length > mostSteps ? '.…' : '';
    return new RecordError(code, `${path}${more}: ${reason}`);
  }
}
