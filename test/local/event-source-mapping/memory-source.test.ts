import { expect, test } from 'vitest';
import { offsetsInMemory } from '../../../local/event-source-mapping/committed-offsets.ts';
import { memorySource } from '../../../local/event-source-mapping/memory-source.ts';
import type { SourceRecord } from '../../../local/event-source-mapping/source-record.ts';
import { sampleRecords } from './records.ts';

const { signal } = new AbortController();

test('a source over the same offsets reads on from the committed position', async () => {
  const offsets = offsetsInMemory();
  const first = memorySource(sampleRecords(2), offsets);
  await first.commit(() => [{ topic: 'contacts', partition: 0, offset: 1 }], signal);

  const left: SourceRecord[] = [];
  await memorySource(sampleRecords(2), offsets).read(
    {
      hasCapacity: () => true,
      put: (record) => void left.push(record),
      drop: () => undefined,
      changed: async () => undefined,
    },
    signal,
  );

  expect(left).toMatchObject([{ offset: 1 }]);
});
