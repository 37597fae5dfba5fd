import { expect, test } from 'vitest';
import type { KafkaEvent } from '../../local/event-source-mapping/event.ts';
import type { Outcome } from '../../local/lambda-runtime/outcome.ts';
import { givenMapping, recordsOf, returnedOutcome, textOf, threwOutcome } from './given/mapping.ts';
import { givenTopic } from './given/topic.ts';

const wait = { timeout: 60_000 };

const numbered = (count: number, partitions: number) =>
  Array.from({ length: count }, (_, n) => ({ partition: n % partitions, value: String(n) }));

test('nothing is committed before the function has returned, and everything after', async () => {
  const topic = await givenTopic({ partitions: 2 });
  await topic.produce(numbered(10, 2));
  const finish: (() => void)[] = [];
  const mapping = givenMapping(topic, {
    maxRecords: 10,
    windowMs: 60_000,
    invoke: () => new Promise((done) => finish.push(() => done(returnedOutcome))),
  });
  await expect.poll(() => finish.length, wait).toBe(1);
  expect(await topic.committed(mapping.group)).toEqual([-1, -1]);
  finish[0]?.();
  await expect.poll(() => topic.committed(mapping.group), wait).toEqual([5, 5]);
});

test('a batch that throws is delivered again as it was, and committed once it returns', async () => {
  const topic = await givenTopic();
  await topic.produce(numbered(5, 1));
  const committed: number[][] = [];
  const outcomes = [threwOutcome, threwOutcome, returnedOutcome];
  const mapping = givenMapping(topic, {
    maxRecords: 5,
    windowMs: 60_000,
    invoke: async () => {
      committed.push(await topic.committed(mapping.group));
      return outcomes.shift() ?? returnedOutcome;
    },
  });
  await expect.poll(() => topic.committed(mapping.group), wait).toEqual([5]);

  expect(committed).toEqual([[-1], [-1], [-1]]);
  expect(mapping.events.map((event) => recordsOf(event).map(textOf))).toEqual(
    Array.from({ length: 3 }, () => ['0', '1', '2', '3', '4']),
  );
});

test('each partition is delivered in its order and one batch at a time, whatever fails', async () => {
  const topic = await givenTopic({ partitions: 4 });
  await topic.produce(numbered(2000, 4));
  const flying = new Set<number>();
  const overlaps: number[] = [];
  const delivered: number[][] = [[], [], [], []];
  let invocations = 0;
  const mapping = givenMapping(topic, {
    ...{ maxRecords: 37, concurrency: 3 },
    invoke: async (event) => {
      const records = recordsOf(event);
      const partitions = [...new Set(records.map(({ partition }) => partition))];
      overlaps.push(...partitions.filter((partition) => flying.has(partition)));
      for (const partition of partitions) flying.add(partition);
      await new Promise((turn) => setTimeout(turn, 2));
      for (const partition of partitions) flying.delete(partition);
      invocations += 1;
      if (invocations % 5 === 0) return threwOutcome;
      for (const { partition, offset } of records) delivered[partition]?.push(offset);
      return returnedOutcome;
    },
  });
  await expect
    .poll(() => topic.committed(mapping.group), { timeout: 60_000 })
    .toEqual([500, 500, 500, 500]);

  const all = Array.from({ length: 500 }, (_, offset) => offset);
  expect(delivered).toEqual([all, all, all, all]);
  expect(overlaps).toEqual([]);
});

test('other partitions go on while one is held up', async () => {
  const topic = await givenTopic({ partitions: 3 });
  await topic.produce(numbered(300, 3));
  const holdsUp = (event: KafkaEvent): Outcome =>
    recordsOf(event).some(({ partition }) => partition === 1) ? threwOutcome : returnedOutcome;
  const mapping = givenMapping(topic, {
    ...{ maxRecords: 1, concurrency: 2 },
    invoke: async (event) => holdsUp(event),
  });

  await expect
    .poll(() => topic.committed(mapping.group), { timeout: 60_000 })
    .toEqual([100, -1, 100]);
});

test('a mapping that stops commits what is in flight, and the next continues after it', async () => {
  const topic = await givenTopic();
  await topic.produce(numbered(10, 1));
  let finish: () => void = () => undefined;
  const first = givenMapping(topic, {
    maxRecords: 4,
    invoke: () => new Promise((done) => (finish = () => done(returnedOutcome))),
  });
  await expect.poll(() => first.events.length, wait).toBe(1);
  const stopped = first.stop();
  finish();
  await stopped;
  expect(await topic.committed(first.group)).toEqual([first.records().length]);

  const second = givenMapping(topic, { group: first.group });
  await expect.poll(() => topic.committed(first.group), wait).toEqual([10]);
  const texts = [...first.records(), ...second.records()].map(textOf);
  expect(texts).toEqual(numbered(10, 1).map(({ value }) => value));
});
