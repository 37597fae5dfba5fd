import { defineConfig } from 'vitest/config';
import { suites } from './test/suites.ts';
import base from './vitest.config.ts';

/** `npm run test:processes`: what starts other programs, or our commands as a user does. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    ...suites['test:processes'],
    globalSetup: 'test/build-function.ts',
    // Signals and terminals belong to a process.
    pool: 'forks',
  },
});
