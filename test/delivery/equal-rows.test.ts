import { expect, it } from 'vitest';
import type { EventRecord } from '../../src/kafka/event.ts';
import { eventRecord } from '../support/event.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { deliver, names, reported, salesforce, withServers } from './given/with-ledger.ts';

withServers();

const seeds = Array.from({ length: 30 }, (_, index) => index + 1);
const lock = { rowError: 'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--' };
const invalid = { rowError: 'INVALID_FIELD:no such thing:--' };

/** Records of three partitions with two rows between them, and what goes wrong. */
function drawn(seed: number) {
  const random = seededRandom(seed);
  const int = (most: number) => Math.floor(random() * (most + 1));
  let offset = 0;
  const partitions = [0, 1, 2].map((partition) =>
    Array.from({ length: 1 + int(3) }, (): EventRecord => {
      const value = { LastName: ['Twin', 'Other'][int(1)] };
      return eventRecord({ partition, offset: offset++, value });
    }),
  );
  const jobFaults = [
    { job: 'lose-rows', count: 1 + int(1) },
    { job: 'fail', afterRows: 1 + int(2) },
    { job: 'abort', afterRows: 1 + int(2) },
  ] as const;
  const rowFaults = [lock, invalid].flatMap((fault) =>
    random() < 0.5 ? [{ ...fault, match: { LastName: 'Twin' }, skip: int(2) }] : [],
  );
  const jobFault = jobFaults[int(jobFaults.length)];
  const shuffled = () =>
    partitions
      .map((records) => ({ records, place: random() }))
      .toSorted((a, b) => a.place - b.place);
  return {
    records: partitions.flat(),
    faults: [...rowFaults, ...(jobFault === undefined ? [] : [jobFault])],
    failingWrites: Array.from({ length: 1 + int(2) }, () => int(3)),
    /** The same records, with their partitions in another order. */
    event: () => shuffled().flatMap(({ records }) => records),
  };
}

it.each(seeds)(
  'rows that nothing distinguishes are those of the records that are not errant, seed %i',
  async (seed) => {
    const { records, faults, failingWrites, event } = drawn(seed);
    for (const fault of faults) salesforce.fault(fault);
    for (const failingWrite of failingWrites) await deliver(event(), { failingWrite });
    expect(await deliver(event())).toBeNull();
    const errant = new Set(reported);
    const written = records.flatMap(({ offset, value }) =>
      errant.has(offset)
        ? []
        : [JSON.parse(Buffer.from(value ?? '', 'base64').toString()).LastName],
    );
    expect(names().toSorted()).toEqual(written.toSorted());
  },
);
