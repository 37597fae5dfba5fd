import { SinkError } from '../errors.ts';

/** One line of an examination. */
export interface Finding {
  /** What was looked at: `login`, `field Email`. */
  readonly check: string;
  /** `open`: it could not be looked at, which is neither good nor bad. */
  readonly state: 'good' | 'bad' | 'open';
  /** What was seen; never a token or a secret. */
  readonly says: string;
  /** What to do about it; null when there is nothing to do. */
  readonly remedy: string | null;
}

/** Thrown by a check for what is wrong, unless a room of the sink throws its own `SinkError`. */
export class CheckFailed extends Error {
  readonly remedy: string;

  constructor(says: string, remedy: string) {
    super(says);
    this.name = 'Bad';
    this.remedy = remedy;
  }
}

/** What a check has seen, and what the next ones go on with. */
export interface Passed<T> {
  readonly says: string;
  readonly value: T;
}

/** The findings of one sink, in the order in which it was looked at. */
export class Checks {
  readonly findings: Finding[] = [];

  /** Looks at one thing; null when it is bad, which is noted. Throws what is no fault of the sink's. */
  async run<T>(check: string, look: () => Promise<Passed<T>>): Promise<T | null> {
    try {
      const { says, value } = await look();
      this.findings.push({ check, state: 'good', says, remedy: null });
      return value;
    } catch (error) {
      this.findings.push({ check, state: 'bad', ...faultOf(error) });
      return null;
    }
  }

  /** Notes what could not be looked at, and why. */
  skip(why: string, ...checks: readonly string[]): void {
    const open = { state: 'open', says: why, remedy: null } as const;
    this.findings.push(...checks.map((check) => ({ check, ...open })));
  }
}

function faultOf(error: unknown): Pick<Finding, 'says' | 'remedy'> {
  if (error instanceof CheckFailed) return { says: error.message, remedy: error.remedy };
  if (!(error instanceof SinkError)) throw error;
  const remedy = `docs/ERRORS.md#${error.code.toLowerCase()}`;
  return { says: error.message, remedy };
}
