import { CHOICES, type Choice, type ChoiceName, startEmulator } from 'salesforce-bulk-emulator';
import { describe, expect, inject, test } from 'vitest';
import { connect } from './api.ts';
import { probes } from './choices/probes.ts';
import type {} from './report.ts';
import { emulatorTarget } from './target.ts';
import { useApi } from './use-api.ts';

const target = inject('target');
const api = useApi();
const choices = Object.entries<Choice>(CHOICES) as [ChoiceName, Choice][];

/** Why this org is not asked, or null when it is. */
async function reasonNotToAsk(name: ChoiceName): Promise<string | null> {
  const { emulatorOnly, missing } = probes[name];
  if (target.kind === 'org' && emulatorOnly !== undefined) return emulatorOnly;
  return (await missing?.(api())) ?? null;
}

test.for(choices)('%s: what the emulator chose is what the org does', async (entry, context) => {
  const [name, { options }] = entry;
  const [chosen] = options;
  context.task.meta.choice = { name, chosen, seen: null, why: 'The question failed: see above' };
  const why = await reasonNotToAsk(name);
  const seen = why === null ? await probes[name].ask(api()) : null;
  context.task.meta.choice = { name, chosen, seen, why };
  if (why !== null) context.skip(why);
  expect(seen).toBe(chosen);
});

const others = choices.flatMap(([name, { options }]) =>
  options.slice(1).map((option) => [name, option] as const),
);

describe.runIf(target.kind === 'emulator')('the question tells the answers apart', () => {
  test.for(others)('%s=%s', async ([name, option]) => {
    const emulator = await startEmulator({ choices: { [name]: option } });
    const other = await connect(emulatorTarget(emulator));
    const seen = await probes[name].ask(other);
    await emulator.close();
    expect(seen).toBe(option);
  });
});
