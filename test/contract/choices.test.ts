import { CHOICES, type Choice, type ChoiceName, startEmulator } from 'salesforce-bulk-emulator';
import { describe, expect, inject, test } from 'vitest';
import { connect } from './api.ts';
import { ask } from './ask.ts';
import { probes } from './choices/probes.ts';
import { emulatorTarget } from './target.ts';
import { useApi } from './use-api.ts';

const target = inject('target');
const api = useApi();
const choices = Object.entries<Choice>(CHOICES) as [ChoiceName, Choice][];

test.for(choices)('%s: the org does what the emulator does by default', async (entry, context) => {
  const [name, { options }] = entry;
  const [expected] = options;
  const seen = await ask({ name, expected, probe: probes[name] }, api(), context);
  expect(seen).toBe(expected);
});

const others = choices.flatMap(([name, { options }]) =>
  options.slice(1).map((option) => [name, option] as const),
);

describe.runIf(target.kind === 'emulator')('the question tells the options apart', () => {
  test.for(others)('%s=%s', async ([name, option]) => {
    const emulator = await startEmulator({ choices: { [name]: option } });
    const other = await connect(emulatorTarget(emulator));
    const seen = await probes[name].ask(other);
    await emulator.close();
    expect(seen).toBe(option);
  });
});
