import type { Config } from '../config/config.ts';
import { SinkError } from '../errors.ts';
import { coordinatesText } from '../kafka/coordinates.ts';
import type { ErrantRecord } from '../kafka/errant-record.ts';

/** What is known before the next job is created. */
export interface BeforeJob {
  readonly received: number;
  readonly errants: readonly ErrantRecord[];
  readonly tolerance: Config['errorsTolerance'];
  /** Number of jobs that the flush has created already. */
  readonly jobs: number;
}

/** Maximum number of errant records in an error message. */
const shownErrants = 5;

function errantsText(errants: readonly ErrantRecord[]): string {
  const shown = errants
    .slice(0, shownErrants)
    .map(({ record, code, reason }) => `${coordinatesText(record)} ${code}: ${reason}`);
  const more = errants.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/**
 * Throws `ERRANT_RECORDS` if there are errant records and none are tolerated.
 */
export function checkTolerance({ received, errants, tolerance, jobs }: BeforeJob): void {
  if (errants.length === 0 || tolerance === 'all') return;
  throw new SinkError(
    'ERRANT_RECORDS',
    `${errants.length} of ${received} records cannot be written: ${errantsText(errants)}. ${jobs === 0 ? 'No job was created. ' : ''}Correct the records, or set ERRORS_TOLERANCE=all to report them and continue.`,
  );
}
