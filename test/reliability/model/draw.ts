import type { BehaviourName } from './behaviours.ts';
import { drawDeliveries } from './draw-deliveries.ts';
import { drawRecords } from './draw-records.ts';
import { drawSetup } from './draw-setup.ts';
import { Random } from './random.ts';
import type { ExistingRow, GivenRecord, GivenSetup, Scenario } from './scenario.ts';

/** How often an org has which habit, in a hundred. */
const habitWeights: Readonly<Record<BehaviourName, number>> = {
  'empty results are 204': 6,
  'empty results are nothing': 4,
  'failed jobs count nothing': 5,
  'slow results': 4,
  'slow calls': 5,
};

const slow: readonly BehaviourName[] = ['slow results', 'slow calls'];

function drawBehaviours(random: Random): BehaviourName[] {
  const names = Object.keys(habitWeights) as BehaviourName[];
  return names.filter((name) => random.chance(habitWeights[name] / 100));
}

/** Draws which of the rows that the records mean the org has already. */
function drawExisting(
  random: Random,
  records: readonly GivenRecord[],
  marker: string,
): ExistingRow[] {
  const rows = new Set(records.flatMap(({ row }) => (row === null ? [] : [row])));
  return [...rows].flatMap((row) => {
    const exists = random.chance(row.startsWith('row ') ? 0.85 : 0.4);
    const values = { LastName: `${marker} old`, Title: `${marker} old`, Score__c: 77 };
    return exists ? [{ row, values }] : [];
  });
}

/** Without a tolerance, a record of a row that there is not would be refused for ever. */
function existingOf(random: Random, scenario: GivenSetup & Pick<Scenario, 'records' | 'marker'>) {
  const { records, marker, keyField, tolerance } = scenario;
  const drawn = drawExisting(random, records, marker);
  if (tolerance === 'all' || keyField !== 'Id') return drawn;
  const values = { LastName: `${marker} old`, Title: `${marker} old` };
  return [...new Set(records.flatMap(({ row }) => row ?? []))].map((row) => ({ row, values }));
}

/** Draws all that happens in a scenario: a function of the seed alone. */
export function drawScenario(seed: number): Scenario {
  const random = new Random(seed);
  const setup = drawSetup(random);
  const marker = `zq${seed}`;
  const records = drawRecords({ random, setup, marker });
  const behaviours = drawBehaviours(random);
  const isSlow = behaviours.some((name) => slow.includes(name)) || setup.unknownFields === 'send';
  return {
    ...{ seed, ...setup, marker, records, behaviours },
    existing: existingOf(random, { ...setup, records, marker }),
    queueMs: random.pick([0, 2, 2, 10]),
    remainingMs: !isSlow && random.chance(0.15) ? random.int(30, 60) * 1000 : 840_000,
    deliveries: drawDeliveries(random, setup, {
      fails: behaviours.includes('failed jobs count nothing'),
    }),
    lastTake: random.pick([1, 3, 40, 40]),
  };
}
