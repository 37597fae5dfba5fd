import { expect, test } from 'vitest';
import { seededRandom } from '../support/seeded-random.ts';
import { Campaign } from './given/campaign.ts';
import { FaultInjector } from './given/fault-injector.ts';
import { givenOrg } from './given/org.ts';
import { killPhases } from './given/phases.ts';
import { givenSoak, noRetry, pace, soakInPhases, soakSeed } from './given/soak.ts';
import { foldOf, keyedMessage, replaceableNumbers, spellingsOf } from './given/soak-keys.ts';
import { errantLine, lockOnce, soakNumbers, sumsOf } from './given/soak-topic.ts';
import { givenSupply } from './given/supply.ts';
import { givenTopic } from './given/topic.ts';

const upsertSettings = {
  SALESFORCE_OPERATION: 'upsert',
  SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
  TOMBSTONES: 'delete',
};

test(
  'killed 20 times in each phase, the function leaves of each key what its records and tombstones do one after the other',
  noRetry,
  async () => {
    const topic = await givenTopic({ partitions: 12 });
    const supply = await givenSupply(topic, keyedMessage);
    const org = await givenOrg();
    org.configure(pace);
    lockOnce(org, 'ExternalId__c', spellingsOf(supply.count, topic.partitions));
    const injector = new FaultInjector(seededRandom(soakSeed));
    const campaign = new Campaign(injector, killPhases, 20);
    const options = ['--batch-size', '250', '--concurrency', '4'];
    const soak = await givenSoak(topic, org, { settings: upsertSettings, options, injector });
    const lines = await soakInPhases('upserts', soak, { campaign, supply, org });

    const { count } = supply;
    const rows = foldOf(count, topic.partitions, org.records('Contact'));
    const errants = sumsOf(soakNumbers(count, 'bad'), await soak.reported());
    const replaceable = new Set(replaceableNumbers(count, topic.partitions));
    const missing = errants.missing.filter((number) => !replaceable.has(number));
    const replaced = errants.missing.length - missing.length;
    const rowLines = [
      `  rows              ${rows.keys} keys, ${rows.missing.length} missing, ${rows.wrong.length} fields wrong, ${rows.again} twice`,
      `  deleted           ${rows.deleted} keys, ${rows.undeleted.length} still there`,
      `${errantLine({ ...errants, missing })}, ${replaced} replaced by a delete`,
    ];
    process.stdout.write([...lines, ...rowLines, ''].join('\n'));
    const { keys, deleted } = rows;
    expect(rows).toEqual({ keys, deleted, missing: [], undeleted: [], wrong: [], again: 0 });
    expect({ missing, strange: errants.strange }).toEqual({ missing: [], strange: [] });
    expect(Math.min(...Object.values(campaign.counts()))).toBeGreaterThanOrEqual(20);
  },
);
