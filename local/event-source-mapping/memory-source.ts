import { type CommittedOffsets, offsetsInMemory } from './committed-offsets.ts';
import type { RecordBuffer, RecordSource } from './record-source.ts';
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
    async read(buffer, signal) {
      let rest = records.filter((record) => record.offset >= (offsets.next(record) ?? 0));
      while (!signal.aborted) {
        rest = putWhatFits(rest, buffer);
        if (rest.length === 0) break;
        await buffer.changed();
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
function putWhatFits(records: readonly SourceRecord[], buffer: RecordBuffer): SourceRecord[] {
  return records.filter((record) => {
    if (!buffer.hasCapacity(record)) return true;
    buffer.put(record);
    return false;
  });
}
