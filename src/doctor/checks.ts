import { SinkError } from '../errors.ts';

/** The result of one check. */
export interface Finding {
  /** What was checked: `login`, `field Email`. */
  readonly check: string;
  /** `warned`: it works now, and somebody should look at it. `skipped`: it was not checked. */
  readonly state: 'passed' | 'warned' | 'failed' | 'skipped';
  /** What was found; never a token or a secret. */
  readonly detail: string;
  /** What to do; null if nothing. */
  readonly remedy: string | null;
}

/** Thrown by a failed check that has no `SinkError` of its own. */
export class CheckFailed extends Error {
  readonly remedy: string;

  constructor(detail: string, remedy: string) {
    super(detail);
    this.name = 'CheckFailed';
    this.remedy = remedy;
  }
}

/** Thrown by a check that cannot be made; the message says why. */
export class CheckSkipped extends Error {
  override readonly name = 'CheckSkipped';
}

/** What a successful check found, and a value for later checks. */
export interface Passed<T> {
  readonly detail: string;
  /** What to do about what was found, though it works now. */
  readonly remedy?: string;
  readonly value: T;
}

/** The findings of one sink, in the order of the checks. */
export class Checks {
  readonly findings: Finding[] = [];

  /** Runs a check and adds its finding; null if it failed. Throws unexpected errors. */
  async run<T>(check: string, examine: () => Promise<Passed<T>>): Promise<T | null> {
    try {
      const { detail, value, remedy = null } = await examine();
      this.findings.push({ check, state: remedy === null ? 'passed' : 'warned', detail, remedy });
      return value;
    } catch (error) {
      if (error instanceof CheckSkipped) this.markSkipped(error.message, check);
      else this.findings.push({ check, state: 'failed', ...faultOf(error) });
      return null;
    }
  }

  /** Adds checks that were skipped, and why. */
  markSkipped(why: string, ...checks: readonly string[]): void {
    const open = { state: 'skipped', detail: why, remedy: null } as const;
    this.findings.push(...checks.map((check) => ({ check, ...open })));
  }
}

function faultOf(error: unknown): Pick<Finding, 'detail' | 'remedy'> {
  if (error instanceof CheckFailed) return { detail: error.message, remedy: error.remedy };
  if (!(error instanceof SinkError)) throw error;
  const remedy = `docs/ERRORS.md#${error.code.toLowerCase()}`;
  return { detail: error.message, remedy };
}
