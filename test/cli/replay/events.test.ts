import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Chosen, replaysOf } from '../../../cli/replay/events.ts';
import { isReplay } from '../../../src/kafka/cluster.ts';
import { readEvent } from '../../../src/kafka/records.ts';

const chosen: fc.Arbitrary<Chosen[]> = fc
  .array(
    fc.record({
      cluster: fc.constantFrom('arn:aws:kafka:a', 'arn:aws:kafka:a#replay-1', 'digest'),
      topic: fc.constantFrom('contacts', 'contacts-1'),
      partition: fc.nat(1),
      offset: fc.nat(9),
      value: fc.string({ maxLength: 60 }),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ cluster, value, ...place }, index) => ({
      ...{ cluster, sink: 'sink', codes: [] },
      record: { ...place, timestamp: 1, value: Buffer.from(value).toString('base64') },
      message: { id: `m${index}`, handle: `h${index}` },
    })),
  );

/** Where records of an event stand, in its order, by partition. */
const placesOf = (event: unknown) => {
  const { records, cluster } = readEvent(event);
  return Map.groupBy(records, ({ topic, partition }) => [cluster, topic, partition].join('|'));
};

const limits = fc.record({
  maxRecords: fc.integer({ min: 1, max: 50 }),
  maxBytes: fc.integer({ min: 100, max: 2000 }),
  force: fc.boolean(),
  dryRun: fc.boolean(),
});

it('every message is in one event, and every record of a cluster in one, each partition in order', () => {
  fc.assert(
    fc.property(chosen, limits, (given, most) => {
      const replays = replaysOf(given, most);
      const ids = replays.flatMap(({ messages }) =>
        [...messages.values()].flat().map(({ id }) => id),
      );
      expect(ids.toSorted()).toEqual(given.map(({ message }) => message.id).toSorted());
      const places = replays.flatMap(({ event }) => [...placesOf(event)]);
      const seen = places.flatMap(([key, those]) => those.map(({ offset }) => `${key}|${offset}`));
      expect(new Set(seen).size).toBe(seen.length);
      for (const [, those] of places) {
        const offsets = those.map(({ offset }) => offset);
        expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
      }
    }),
  );
});

it('no event holds more than it may, and each says that it is a replay', () => {
  fc.assert(
    fc.property(chosen, limits, (given, most) => {
      const { maxRecords, maxBytes, force, dryRun } = most;
      for (const { event, records } of replaysOf(given, most)) {
        const batch = readEvent(event);
        expect(isReplay(batch.cluster)).toBe(true);
        expect(batch.leavesOutdated).toBe(dryRun || !force);
        expect(batch.isDryRun).toBe(dryRun);
        expect(batch.records).toHaveLength(records);
        expect(records).toBeLessThanOrEqual(maxRecords);
        const bytes = JSON.stringify(batch.sources).length;
        if (records > 1) expect(bytes).toBeLessThanOrEqual(maxBytes + 1);
      }
    }),
  );
});
