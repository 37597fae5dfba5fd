import { defineConfig } from 'vitest/config';
import { suites } from './test/suites.ts';
import base from './vitest.config.ts';

/** `npm run test:processes`: what starts other programs, or our commands as a user does. */
export default defineConfig({
  ...base,
  // Signals and terminals belong to a process.
  test: { ...base.test, ...suites['test:processes'], pool: 'forks' },
});
