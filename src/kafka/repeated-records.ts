import { type RecordOrigin, recordId } from './record.ts';

/** Whether each record has a higher offset than the one before it in its partition. */
function areAscending(records: readonly RecordOrigin[]): boolean {
  return records.every(({ topic, partition, offset }, index) => {
    const before = records[index - 1];
    return before?.partition !== partition || before.topic !== topic || before.offset < offset;
  });
}

/**
 * Leaves out records that an event has twice: an event source mapping delivers at least once, and an
 * insert would write them twice. The first of each stays.
 */
export function withoutRepeated<T extends RecordOrigin>(records: readonly T[]): readonly T[] {
  // In the order in which Kafka delivers records none is repeated; an id for each would cost more.
  if (areAscending(records)) return records;
  const seen = new Set<string>();
  return records.filter((record) => {
    const id = recordId(record);
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  });
}
