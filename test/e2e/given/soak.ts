import { randomUUID } from 'node:crypto';
import type { Emulator } from 'salesforce-bulk-emulator';
import { expect, onTestFinished } from 'vitest';
import { type ErrantQueue, startErrantQueue } from '../../../local/aws/errant-queue.ts';
import { startLedgerTable } from '../../../local/aws/ledger-table.ts';
import type { Campaign } from './campaign.ts';
import type { FaultInjector } from './fault-injector.ts';
import { givenRunner, type Runner, shows } from './runner.ts';
import type { Supply } from './supply.ts';
import type { Topic } from './topic.ts';

/** A seed of the moments at which the soaks kill. */
export const soakSeed = Number(process.env['SOAK_SEED'] ?? '1');

/** What all soaks have in common; a flush takes a second or two. */
const soakOptions = ['--window', '0', '--verbose'];

/** How long the org takes. */
export const pace = { queueMs: 100, chunkMs: 30, replyMs: 40 };

/** What a soak is given: settings and options of the runner, and who killed, if by phase. */
export interface SoakOptions {
  settings?: Readonly<Record<string, string>>;
  options: readonly string[];
  injector?: FaultInjector;
}

/** A soak under way. */
export interface Soak {
  runner: Runner;
  /** How many records of the topic are not committed. */
  left(): Promise<number>;
  /** Waits for the end of the topic, and resolves with what was written and how long it took. */
  end(): Promise<{ output: string; tookMs: number }>;
  /** The numbers of the records in the errant queue. */
  reported(): Promise<number[]>;
}

/** A soak is not tried again: a record that is lost or there twice is never the machine's fault. */
export const noRetry = { retry: 0, timeout: 480_000 };

/** Starts a runner on a topic, with an errant queue and a ledger of the test's own. */
export async function givenSoak(topic: Topic, org: Emulator, given: SoakOptions): Promise<Soak> {
  const { settings = {}, options, injector } = given;
  const [queue, table] = await Promise.all([startErrantQueue(), startLedgerTable()]);
  onTestFinished(() => Promise.all([queue.close(), table.close()]).then(() => undefined));
  const url = async (service: { url: string }) => (await injector?.before(service)) ?? service.url;
  const group = `soak-${randomUUID()}`;
  const sqs = await url(queue);
  const hasLedger = !options.includes('off');
  const environment = {
    ...settings,
    // The SDK goes to where the queue's URL says.
    ERRANT_QUEUE_URL: queue.queueUrl.replace(queue.url, sqs),
    AWS_ENDPOINT_URL_SQS: sqs,
    ...(hasLedger
      ? { LEDGER_TABLE: table.tableName, AWS_ENDPOINT_URL_DYNAMODB: await url(table) }
      : {}),
  };
  const runner = givenRunner(topic, {
    ...{ org: { url: await url(org) }, group, environment },
    options: [...soakOptions, ...options],
  });
  injector?.watch(runner);
  const startedAt = performance.now();
  await shows(runner, /"flush received"/);
  return {
    runner,
    left: async () => sum(await topic.ends()) - sum(await topic.committed(group)),
    async end() {
      const ends = await topic.ends();
      await expect
        .poll(async () => (await topic.committed(group)).map(read), {
          timeout: 240_000,
          interval: 250,
        })
        .toEqual(ends);
      const tookMs = performance.now() - startedAt;
      expect(await runner.interrupt()).toBe(0);
      return { output: runner.output(), tookMs };
    },
    reported: () => reportedIn(queue, topic.partitions),
  };
}

/** How many records an offset means; it is -1 where nothing is committed. */
const read = (offset: number) => Math.max(offset, 0);

const sum = (offsets: readonly number[]) =>
  offsets.reduce((total, offset) => total + read(offset), 0);

/** Records are numbered over the partitions in turn. */
async function reportedIn(queue: ErrantQueue, partitions: number): Promise<number[]> {
  const messages = await queue.messages();
  return messages.map(({ body }) => {
    const { partition, offset } = JSON.parse(body) as { partition: number; offset: number };
    return offset * partitions + partition;
  });
}

/** Kills by phase, waits for the end, and resolves with the lines to print. */
export async function soakInPhases(
  written: string,
  soak: Soak,
  { campaign, supply, org }: { campaign: Campaign; supply: Supply; org: Emulator },
): Promise<string[]> {
  await campaign.run(() => supply.hasMore(() => soak.left()));
  const endedAt = performance.now();
  const { output, tookMs } = await soak.end();
  const [took, rest] = [tookMs, performance.now() - endedAt].map((ms) => Math.round(ms / 1000));
  return [
    `soak of ${supply.count} ${written}, seed ${soakSeed}, ${took} s, the last ${rest} of them without kills`,
    ...campaign.lines(),
    ...countedLines(output, org),
  ];
}

/** What a soak has counted, as lines to print. */
export function countedLines(output: string, org: Emulator): string[] {
  const times = (pattern: RegExp) => output.match(pattern)?.length ?? 0;
  const failed = output.match(/^✗ flush .*/gm) ?? [];
  const failures = failed.filter((line) => !line.includes('signal: killed'));
  return [
    `  deliveries        ${times(/"flush received"/g)}, killed ${times(/^✗ flush .*signal: killed/gm)}, failed otherwise ${failures.length}`,
    ...new Set(failures.map((reason) => `    ${reason}`)),
    `  jobs              ${org.jobs().length}; taken up again ${times(/"job found again"/g)} times, ${times(/"job without rows discarded"/g)} found empty and discarded`,
  ];
}
