import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clusterOf, isReplay, replayOf } from '../../src/kafka/cluster.ts';

const arn = 'arn:aws:kafka:eu-west-1:123456789012:cluster/replay/0a1b-2c3d-1';

it('counts the replays of a record', () => {
  expect(replayOf(arn)).toBe(`${arn}#replay-1`);
  expect(replayOf(replayOf(arn))).toBe(`${arn}#replay-2`);
});

it("distinguishes replays from Kafka's deliveries, whatever the cluster's name", () => {
  expect(isReplay(arn)).toBe(false);
  const servers = fc.array(
    fc.domain().map((host) => `${host}:9092`),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(servers, fc.integer({ min: 1, max: 20 }), (hosts, rounds) => {
      const bootstrapServers = hosts.join(',');
      const origin = { eventSource: 'SelfManagedKafka', bootstrapServers, records: {} } as const;
      const seen = [clusterOf(origin)];
      expect(isReplay(seen[0]!)).toBe(false);
      for (let round = 0; round < rounds; round++) seen.push(replayOf(seen.at(-1)!));
      expect(new Set(seen).size).toBe(rounds + 1);
      for (const eventSourceArn of seen.slice(1)) {
        expect(isReplay(clusterOf({ ...origin, eventSourceArn }))).toBe(true);
      }
    }),
  );
});
