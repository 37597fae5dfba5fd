import { type CommittedOffsets, offsetsInMemory } from './committed-offsets.ts';
import type { Intake, RecordSource } from './record-source.ts';
import type { SourceRecord } from './source-record.ts';

/**
 * A source of records that are in memory, read in the order of the list; it ends after the last one.
 *
 * Records below the committed offset of their partition are left out, so a second read starts where
 * the commits of the first one stopped. A partition without capacity does not stop the others.
 */
export function memorySource(
  records: readonly SourceRecord[],
  offsets: CommittedOffsets = offsetsInMemory(),
): RecordSource {
  return {
    async read(intake, signal) {
      let rest = records.filter((record) => record.offset >= (offsets.next(record) ?? 0));
      while (!signal.aborted) {
        rest = putWhatFits(rest, intake);
        if (rest.length === 0) break;
        await intake.changed();
      }
    },
    async commit(pending) {
      const positions = pending();
      offsets.commit(positions);
      return positions;
    },
    close: async () => undefined,
  };
}

/** Puts the records whose partitions have capacity; returns the others, in their order. */
function putWhatFits(records: readonly SourceRecord[], intake: Intake): SourceRecord[] {
  return records.filter((record) => {
    if (!intake.hasCapacity(record)) return true;
    intake.put(record);
    return false;
  });
}
