import type { MappingEvent } from '../../event-source-mapping/mapping-event.ts';
import { partitionName, type SourceRecord } from '../../event-source-mapping/source-record.ts';
import type { PartitionLag } from '../../kafka-consumer/kafka-source.ts';

/** The lag of a file: its records that are not committed, of each partition. */
export interface FileLag {
  event(event: MappingEvent): void;
  lag(): PartitionLag[];
}

/** Opens the lag of these records. */
export function openFileLag(records: readonly SourceRecord[]): FileLag {
  const left = Map.groupBy(records, partitionName);
  return {
    event(event) {
      if (event.kind !== 'committed') return;
      for (const position of event.positions) {
        const own = left.get(partitionName(position)) ?? [];
        left.set(
          partitionName(position),
          own.filter(({ offset }) => offset >= position.offset),
        );
      }
    },
    lag: () =>
      [...Map.groupBy(records, partitionName)].flatMap(([name, [first]]) =>
        first === undefined
          ? []
          : [{ topic: first.topic, partition: first.partition, lag: left.get(name)?.length ?? 0 }],
      ),
  };
}
