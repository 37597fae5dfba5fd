import { at } from '../kafka/coordinates.ts';
import type { Errant } from '../kafka/errant.ts';
import type { Log } from '../log.ts';

/** Writes one line for each record that was left out: where it stands and why, without its payload. */
export function reportErrants(errants: readonly Errant[], log: Log): void {
  for (const { record, stage, code, reason } of errants) {
    log.error('errant record', { record: at(record), stage, code, reason });
  }
}
