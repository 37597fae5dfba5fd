import { quotedName, RecordError } from '../record-error.ts';

/** How many names of a path a reason contains; a recursive type may nest thousands. */
const maxNames = 4;

/**
 * A record error that collects the path of its field while it is thrown up through nested records.
 */
export class FieldPathError extends Error {
  readonly #error: RecordError;
  /** The names of the enclosing fields, innermost first. */
  readonly #names: string[] = [];

  constructor(error: RecordError) {
    super(error.message);
    this.name = 'FieldPathError';
    this.#error = error;
  }

  /** Adds the next enclosing field. */
  addField(name: string): this {
    this.#names.push(name);
    return this;
  }

  /** The error with its path in the reason: `"Account"."Since__c": a date is outside …`. */
  toRecordError(): RecordError {
    const { code, reason } = this.#error;
    const path = this.#names.slice(-maxNames).reverse().map(quotedName).join('.');
    const rest = this.#names.length > maxNames ? '.…' : '';
    return new RecordError(code, `${path}${rest}: ${reason}`);
  }
}

/** Adds the name of a field to a record error; returns any other error unchanged. */
export function withField(error: unknown, name: string): unknown {
  if (error instanceof FieldPathError) return error.addField(name);
  return error instanceof RecordError ? new FieldPathError(error).addField(name) : error;
}
