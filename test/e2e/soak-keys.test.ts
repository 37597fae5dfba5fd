import { expect, test } from 'vitest';
import { seededRandom } from '../support/seeded-random.ts';
import { Campaign } from './given/campaign.ts';
import { FaultInjector } from './given/fault-injector.ts';
import { givenOrg } from './given/org.ts';
import { givenSoak, noRetry, pace, soakInPhases, soakSeed } from './given/soak.ts';
import { foldOf, keyedRecords, spellingsOf } from './given/soak-keys.ts';
import { errantLine, lockOnce, soakNumbers, sumsOf } from './given/soak-topic.ts';
import { givenTopic } from './given/topic.ts';

const upsertSettings = {
  SALESFORCE_OPERATION: 'upsert',
  SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
};

test(
  'killed 20 times in each phase, the function leaves in the row of each key what its records do one after the other',
  noRetry,
  async () => {
    const count = 48_000;
    const topic = await givenTopic({ partitions: 12 });
    const records = keyedRecords(count, topic.partitions);
    await topic.produce(records);
    const org = await givenOrg();
    org.configure(pace);
    lockOnce(org, 'ExternalId__c', spellingsOf(records));
    const injector = new FaultInjector(seededRandom(soakSeed));
    const campaign = new Campaign(injector, 20);
    const options = ['--batch-size', '300', '--concurrency', '4'];
    const soak = await givenSoak(topic, org, { settings: upsertSettings, options, injector });
    const lines = await soakInPhases(`soak of ${count} upserts`, soak, { campaign, org });

    const rows = foldOf(count, topic.partitions, org.records('Contact'));
    const errants = sumsOf(soakNumbers(count, 'bad'), await soak.reported());
    const rowLine = `  rows              ${rows.keys} keys, ${rows.missing.length} missing, ${rows.wrong.length} fields wrong, ${rows.again} twice`;
    process.stdout.write([...lines, rowLine, errantLine(errants), ''].join('\n'));
    expect(rows).toEqual({ keys: rows.keys, missing: [], wrong: [], again: 0 });
    expect(errants).toMatchObject({ missing: [], strange: [] });
    expect(new Set(Object.values(campaign.counts()))).toEqual(new Set([20]));
  },
);
