import { expect, test } from 'vitest';
import { PartitionGrowth } from '../../../local/kafka-consumer/partition-growth.ts';

const metadata = (counts: Record<string, number>) => ({
  topics: new Map(
    Object.entries(counts).map(([name, partitionsCount]) => [
      name,
      { id: name, partitions: [], partitionsCount, lastUpdate: 0 },
    ]),
  ),
});

test('a topic has grown when it has more partitions than at the last look', () => {
  const growth = new PartitionGrowth();

  expect(growth.seenIn(metadata({ a: 1, b: 2 }))).toBe(false);
  expect(growth.seenIn(metadata({ a: 1, b: 2 }))).toBe(false);
  expect(growth.seenIn(metadata({ a: 1, b: 3 }))).toBe(true);
  expect(growth.seenIn(metadata({ a: 1, b: 3 }))).toBe(false);
});

test('a topic that was recreated with fewer partitions has not grown', () => {
  const growth = new PartitionGrowth();
  growth.seenIn(metadata({ a: 4 }));

  expect(growth.seenIn(metadata({ a: 2 }))).toBe(false);
});
