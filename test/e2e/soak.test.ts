import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type ErrantQueue, startErrantQueue } from '../../local/aws/errant-queue.ts';
import { seededRandom } from '../../local/salesforce/org/seeded-random.ts';
import { givenOrg } from './given/org.ts';
import { givenRunner, type Runner, shows } from './given/runner.ts';
import { soakNumbers, soakRecords, sumsOf } from './given/soak-topic.ts';
import { strikesIn } from './given/strikes.ts';
import { givenTopic } from './given/topic.ts';

const SEED = Number(process.env['SOAK_SEED'] ?? '1');

/** What both soaks have in common; a flush takes a second or two. */
const OPTIONS = ['--window', '0', '--concurrency', '3', '--verbose'];
const PACE = { queueMs: 100, chunkMs: 30, replyMs: 40 };

/** The times between two kills, in milliseconds, and how many there are at most. */
type Kills = { leastMs: number; mostMs: number; most: number };

/**
 * Kills one function after the other for as long as much is left to do; how many it has killed.
 *
 * The last records are let be: a lone batch that is struck each time waits ever longer. So would
 * all of them on a machine that is slow enough, hence a most.
 */
async function killWhile(
  muchLeft: () => Promise<boolean>,
  runner: Runner,
  { leastMs, mostMs, most }: Kills,
): Promise<number> {
  const random = seededRandom(SEED);
  let kills = 0;
  while (kills < most && (await muchLeft())) {
    await delay(leastMs + random() * (mostMs - leastMs));
    if (await runner.killFunction(random())) kills += 1;
  }
  return kills;
}

/** How many records these offsets are; -1 is a partition of which nothing is committed. */
const sum = (offsets: readonly number[]) =>
  offsets.reduce((total, offset) => total + Math.max(offset, 0), 0);

async function reportedIn(queue: ErrantQueue): Promise<number[]> {
  const messages = await queue.messages();
  return messages.map(({ body }) => {
    const { key } = JSON.parse(body) as { key: string };
    return Number(Buffer.from(key, 'base64').toString());
  });
}

test.each([
  {
    ...{ mode: 'the job ledger', count: 200_000, settings: {}, options: ['--batch-size', '1000'] },
    killing: { leastMs: 50, mostMs: 2000, most: 80 },
  },
  {
    ...{ mode: 'a record id', count: 20_000 },
    settings: { SALESFORCE_RECORD_ID_FIELD: 'KafkaRecordId__c' },
    options: ['--batch-size', '500', '--ledger', 'off'],
    // Nothing is taken up again here: a flush has to live to its end.
    killing: { leastMs: 500, mostMs: 3000, most: 15 },
  },
])(
  'with $mode, $count records are written once each while the function is killed at random moments',
  // A record that is lost or there twice is never the machine's fault.
  { retry: 0, timeout: 480_000 },
  async ({ mode, count, settings, options, killing }) => {
    const topic = await givenTopic({ partitions: 6 });
    await topic.produce(soakRecords(count, topic.partitions));
    const org = await givenOrg();
    org.configure(PACE);
    const queue = await startErrantQueue();
    onTestFinished(() => queue.close());
    const group = `soak-${randomUUID()}`;
    const runner = givenRunner(topic, {
      ...{ org, group, options: [...OPTIONS, ...options] },
      environment: {
        ...settings,
        ERRANT_QUEUE_URL: queue.queueUrl,
        AWS_ENDPOINT_URL_SQS: queue.url,
      },
    });
    const startedAt = performance.now();
    await shows(runner, /"flush received"/);
    const muchLeft = async () => sum(await topic.committed(group)) < count * 0.95;
    const kills = await killWhile(muchLeft, runner, killing);
    await expect
      .poll(() => topic.committed(group), { timeout: 240_000, interval: 250 })
      .toEqual(await topic.ends());
    const tookMs = performance.now() - startedAt;

    expect(await runner.interrupt()).toBe(0);
    const output = runner.output();
    const strikes = strikesIn(output);
    const written = org.records('Contact').map(({ Title }) => Number(Title));
    const rows = sumsOf(soakNumbers(count, 'good'), written);
    const errants = sumsOf(soakNumbers(count, 'bad'), await reportedIn(queue));
    const times = (pattern: RegExp) => output.match(pattern)?.length ?? 0;
    const steps = Object.entries(Object.groupBy(strikes, (step) => step));
    process.stdout.write(
      [
        `soak with ${mode}: ${count} records, seed ${SEED}, ${Math.round(tookMs / 1000)} s`,
        `  kills             ${kills}, of which in an invocation ${strikes.length}: ${steps
          .map(([step, list = []]) => `${list.length} ${step}`)
          .join(', ')}`,
        `  deliveries        ${times(/"flush received"/g)}, of which again ${times(/^✗ flush /gm)}`,
        `  jobs              ${org.jobs().length}; taken up again ${times(/"job found again"/g)} times, ${times(/"job without rows discarded"/g)} found empty and discarded`,
        `  rows              ${rows.there} good, ${rows.missing.length} missing, ${rows.again} twice`,
        `  errant records    ${errants.there} bad, ${errants.missing.length} missing, ${errants.again} reported again`,
        '',
      ].join('\n'),
    );

    expect(rows).toEqual({ there: rows.there, missing: [], strange: [], again: 0 });
    expect(errants).toMatchObject({ missing: [], strange: [] });
    expect(strikes.length).toBeGreaterThan(kills / 2);
    expect(strikes).toContain('job running');
  },
);
