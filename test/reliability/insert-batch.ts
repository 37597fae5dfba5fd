import type { Emulator } from 'salesforce-bulk-emulator';
import { coordinates, type GivenBatch, lockedRow, placesOf, recordAt } from './given-batch.ts';

/** The records of each partition. */
const kinds = ['good', 'good', 'refused', 'locked', 'broken', 'good'] as const;

function valueFor(name: string, kind: (typeof kinds)[number]): unknown {
  if (kind === 'refused') return { LastName: name, Email: 'no address' };
  if (kind === 'broken') return '{"LastName": "half';
  return { LastName: name, Description: `"${name}", of\nseveral lines` };
}

/** Makes a batch of rows to insert; its topic keeps it apart from those of other scenarios. */
export function insertBatch(topic: string): GivenBatch {
  const all = placesOf(kinds.length).map((place) => {
    const name = `${topic} ${place.partition} ${place.offset}`;
    return { place, name, kind: kinds[place.index] ?? 'good' };
  });
  const isBad = ({ kind }: (typeof all)[number]) => kind === 'refused' || kind === 'broken';
  const rowsIn = (org: Emulator) =>
    org
      .records('Contact')
      .map(({ LastName }) => String(LastName))
      .filter((name) => name.startsWith(`${topic} `));
  return {
    topic,
    records: all.map(({ place, name, kind }) =>
      recordAt(topic, place, { value: valueFor(name, kind) }),
    ),
    cutAt: [3, 4],
    good: all.filter((one) => !isBad(one)).map(({ name }) => name),
    bad: all.filter(isBad).map(({ place }) => coordinates(topic, place)),
    prepare(org) {
      for (const { name } of all.filter(({ kind }) => kind === 'locked')) {
        org.fault({ rowError: lockedRow, match: { LastName: name } });
      }
    },
    rowsIn,
    writesIn: async (org) => rowsIn(org),
  };
}
