import { expect, test } from 'vitest';
import { ask } from './ask.ts';
import { assumptions } from './assumptions/assumptions.ts';
import { useApi } from './use-api.ts';

const api = useApi();

test.for(Object.entries(assumptions))('%s: the org does so too', async (entry, context) => {
  const [name, probe] = entry;
  const { expected } = probe;
  expect(await ask({ name, expected, probe }, api(), context)).toBe(expected);
});
