import { expect, test } from 'vitest';
import { seededRandom } from '../support/seeded-random.ts';
import { Campaign } from './given/campaign.ts';
import { FaultInjector } from './given/fault-injector.ts';
import { killsIn } from './given/kills.ts';
import { givenOrg } from './given/org.ts';
import { phasesOfWrites } from './given/phases.ts';
import { killAtRandom } from './given/random-kills.ts';
import { countedLines, givenSoak, noRetry, pace, soakInPhases, soakSeed } from './given/soak.ts';
import { errantLine, lockOnce, soakNumbers, soakRecord, sumsOf } from './given/soak-topic.ts';
import { givenSupply, Supply } from './given/supply.ts';
import { givenTopic } from './given/topic.ts';

test(
  'killed 20 times in each phase, the function with the job ledger writes each record once',
  noRetry,
  async () => {
    const topic = await givenTopic({ partitions: 12 });
    const supply = await givenSupply(topic, soakRecord);
    const org = await givenOrg();
    org.configure(pace);
    lockOnce(org, 'Title', soakNumbers(supply.count, 'good').map(String));
    const injector = new FaultInjector(seededRandom(soakSeed));
    const campaign = new Campaign(injector, phasesOfWrites, 20);
    const options = ['--batch-size', '500', '--concurrency', '4'];
    const soak = await givenSoak(topic, org, { options, injector });
    const lines = await soakInPhases('inserts', soak, { campaign, supply, org });

    const { count } = supply;
    const written = org.records('Contact').map(({ Title }) => Number(Title));
    const rows = sumsOf(soakNumbers(count, 'good'), written);
    const errants = sumsOf(soakNumbers(count, 'bad'), await soak.reported());
    const rowLine = `  rows              ${rows.there} good, ${rows.missing.length} missing, ${rows.again} twice`;
    process.stdout.write([...lines, rowLine, errantLine(errants), ''].join('\n'));
    expect(rows).toEqual({ there: rows.there, missing: [], strange: [], again: 0 });
    expect(errants).toMatchObject({ missing: [], strange: [] });
    expect(Math.min(...Object.values(campaign.counts()))).toBeGreaterThanOrEqual(20);
  },
);

test(
  'killed at random moments, the function with a record id writes each record once',
  noRetry,
  async () => {
    const count = 20_000;
    const topic = await givenTopic({ partitions: 6 });
    const supply = new Supply(topic, soakRecord);
    await supply.add(count);
    const org = await givenOrg();
    org.configure(pace);
    const settings = { SALESFORCE_RECORD_ID_FIELD: 'KafkaRecordId__c' };
    const options = ['--batch-size', '500', '--concurrency', '3', '--ledger', 'off'];
    const soak = await givenSoak(topic, org, { settings, options });
    const kills = await killAtRandom({
      runner: soak.runner,
      goal: 6,
      muchLeft: () => soak.left().then((left) => left > count / 20),
    });
    const { output, tookMs } = await soak.end();

    const killed = killsIn(output);
    const written = org.records('Contact').map(({ Title }) => Number(Title));
    const rows = sumsOf(soakNumbers(count, 'good'), written);
    const errants = sumsOf(soakNumbers(count, 'bad'), await soak.reported());
    const steps = Object.entries(Object.groupBy(killed, (step) => step));
    const lines = [
      `soak of ${count} inserts with a record id, seed ${soakSeed}, ${Math.round(tookMs / 1000)} s`,
      `  kills             ${kills}, of which in an invocation ${killed.length}: ${steps
        .map(([step, list = []]) => `${list.length} ${step}`)
        .join(', ')}`,
      ...countedLines(output, org),
      `  rows              ${rows.there} good, ${rows.missing.length} missing, ${rows.again} twice`,
      errantLine(errants),
    ];
    process.stdout.write([...lines, ''].join('\n'));
    expect(rows).toEqual({ there: rows.there, missing: [], strange: [], again: 0 });
    expect(errants).toMatchObject({ missing: [], strange: [] });
    expect(killed.length).toBeGreaterThan(3);
  },
);
