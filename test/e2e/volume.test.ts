import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { accountOf, contacts, givenOrg, once } from './given/org.ts';
import { givenRunner, shows } from './given/runner.ts';
import { givenTopic } from './given/topic.ts';

const count = 100_000;

test('100,000 records over 6 partitions are all in the org once, and the group has no lag', async () => {
  const topic = await givenTopic({ partitions: 6 });
  await topic.produce(contacts(count, topic.partitions));
  const org = await givenOrg();
  const group = `volume-${randomUUID()}`;
  const runner = givenRunner(topic, { org, group, options: ['--window', '1'] });
  await expect
    .poll(() => topic.committed(group), { timeout: 180_000, interval: 500 })
    .toEqual(await topic.ends());
  await shows(runner, / {2}lag 0\n/);

  expect(await runner.interrupt()).toBe(0);
  expect(accountOf(org, count)).toEqual(once(count));
});
