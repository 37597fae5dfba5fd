import { inject, type TestContext } from 'vitest';
import type { Api } from './api.ts';
import type { Probe } from './probe.ts';
import type {} from './report.ts';

/** A question to the org, and the answer that the emulator gives. */
interface Question {
  readonly name: string;
  readonly expected: string;
  readonly probe: Probe;
}

/** The answer of the org, kept for the report; skips the test when the org is not asked. */
export async function ask(
  { name, expected, probe }: Question,
  api: Api,
  { task, skip }: TestContext,
): Promise<string> {
  const failed = 'The question failed: see above';
  task.meta.answer = { name, expected, seen: null, why: failed };
  const why = await reasonNotToAsk(probe, api);
  task.meta.answer = { name, expected, seen: null, why: why ?? failed };
  if (why !== null) return skip(why);
  const seen = await probe.ask(api);
  task.meta.answer = { name, expected, seen, why: null };
  return seen;
}

/** Why this org is not asked, or null when it is. */
async function reasonNotToAsk({ emulatorOnly, missing }: Probe, api: Api): Promise<string | null> {
  if (inject('target').kind === 'org' && emulatorOnly !== undefined) return emulatorOnly;
  return (await missing?.(api)) ?? null;
}
