import { expect, test } from 'vitest';
import { Campaign } from './given/campaign.ts';
import { phasesOfWrites } from './given/phases.ts';

test('a campaign leaves jobs behind as long as one has to be found again', async () => {
  let [attempts, leftBehind, found] = [0, 0, 0];
  const kill = async (phase: string): Promise<boolean> => {
    attempts += 1;
    await Promise.resolve();
    if (phase === 'job running') leftBehind += 1;
    if (phase !== 'job found again') return true;
    if (leftBehind === 0) return false;
    leftBehind -= 1;
    found += 1;
    // Of three invocations that find a job, two are let live.
    return found % 3 === 0;
  };
  const campaign = new Campaign({ kill }, phasesOfWrites, 5);
  await campaign.run(async () => attempts < 1_000);

  expect(Math.min(...Object.values(campaign.counts()))).toBeGreaterThanOrEqual(5);
});
