import { stepFaults } from '../faults.ts';
import { orgFaults, race, struckSteps, vanish } from './faults.ts';
import { deletes } from './meaning.ts';
import type { Random } from './random.ts';
import type { Chaos, Delivery, GivenSetup, GivenStepFault } from './scenario.ts';

function drawChaos(random: Random): Chaos {
  const kind = random.weighted({ none: 40, kill: 40, pause: 20 });
  const at = random.int(1, 40);
  if (kind === 'none') return { kind };
  if (kind === 'kill') return { kind, at, when: random.pick(['before', 'after'] as const) };
  return { kind, at, until: random.int(1, 40) };
}

function drawStepFault(random: Random): GivenStepFault {
  const { service, call } = random.pick(struckSteps);
  return { service, call, skip: random.int(0, 2), fault: random.pick(stepFaults).name };
}

function drawOrgFaults(random: Random, setup: GivenSetup) {
  const { promised, tolerance } = setup;
  const some = Array.from({ length: random.int(0, 2) }, () => random.pick(orgFaults));
  // A delete that is sent again would be refused for ever.
  const mayVanish = tolerance === 'all' || !deletes(setup);
  const gone = mayVanish && random.chance(0.03) ? [vanish] : [];
  const raced = promised === 'record id' && random.chance(0.1) ? [race] : [];
  return [...some, ...gone, ...raced];
}

/** Most records of a partition in one batch. */
const drawTake = (random: Random): number => random.pick([0, 1, 2, 3, 5, 10, 40, 40, 40]);

/** Draws a delivery in which things go wrong. */
function drawDelivery(random: Random, setup: GivenSetup, canHide: boolean): Delivery {
  return {
    takes: [drawTake(random), drawTake(random), drawTake(random)],
    isWarm: random.chance(0.3),
    chaos: drawChaos(random),
    orgFaults: random.chance(0.45) ? drawOrgFaults(random, setup) : [],
    stepFault: random.chance(0.3) ? drawStepFault(random) : null,
    hides: canHide && random.chance(0.5),
    losesCommit: random.chance(0.12),
  };
}

/** Draws the deliveries before all faults are lifted; `fails`: the first job does. */
export function drawDeliveries(
  random: Random,
  setup: GivenSetup,
  { fails }: { readonly fails: boolean },
): Delivery[] {
  const isDelete = deletes(setup);
  const canHide = !isDelete && random.chance(0.2);
  const length = random.int(1, 6);
  const drawn = Array.from({ length }, () => drawDelivery(random, setup, canHide));
  const failure = { job: 'fail', afterRows: random.int(1, 4) } as const;
  return drawn.map((delivery, number) =>
    fails && number === 0 ? { ...delivery, orgFaults: [failure] } : delivery,
  );
}
