import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LocalFunction } from '../../local/lambda-runtime/local-function.ts';
import { givenMapping, recordsOf, textOf } from './given/mapping.ts';
import { givenTopic } from './given/topic.ts';

/** A function that fails once in each way that a record of it names. */
function failingFunction(): LocalFunction {
  const directory = mkdtempSync(join(tmpdir(), 'failing-function-'));
  const one = new LocalFunction(
    {
      functionName: 'failing',
      modulePath: join(import.meta.dirname, 'fixtures/failing.mjs'),
      handlerName: 'handler',
      ...{ timeoutMs: 3000, memoryMb: 64 },
      environment: { FAILED_ONCE: join(directory, 'failed') },
    },
    () => undefined,
  );
  onTestFinished(async () => {
    await one.kill();
    rmSync(directory, { recursive: true });
  });
  return one;
}

test.each([
  ['throw', 'threw', 'no such luck'],
  ['crash', 'crashed', 'aborted'],
  ['exit', 'crashed', 'exit status 0'],
  ['reject', 'crashed', 'nobody waits for this'],
  ['exhaust', 'crashed', 'Runtime exited'],
  ['hang', 'timed-out', 'Task timed out after 3.00 seconds'],
  ['spin', 'timed-out', 'Task timed out after 3.00 seconds'],
] as const)(
  'after a function has failed by %s, its batch comes again and is committed',
  async (way, kind, message) => {
    const topic = await givenTopic();
    await topic.produce([{ value: way }]);
    const failing = failingFunction();
    const mapping = givenMapping(topic, { invoke: (event) => failing.invoke(event) });
    await expect.poll(() => topic.committed(mapping.group), { timeout: 60_000 }).toEqual([1]);

    expect(mapping.events.map((event) => recordsOf(event).map(textOf))).toEqual([[way], [way]]);
    const failures = mapping.log.flatMap((event) =>
      event.kind === 'flush-failed' ? [event.outcome] : [],
    );
    expect(failures).toMatchObject([{ kind, errorMessage: expect.stringContaining(message) }]);
  },
);
