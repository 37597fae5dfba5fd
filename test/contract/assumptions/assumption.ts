import type { Probe } from '../probe.ts';

/** An undocumented behaviour for which the emulator has no option, and how an org is asked. */
export interface Assumption extends Probe {
  /** What the emulator does, and why. */
  readonly does: string;
  /** The answer when the org does the same. */
  readonly expected: string;
}
