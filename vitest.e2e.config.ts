import { defineConfig } from 'vitest/config';
import { suites } from './test/suites.ts';

/** `npm run test:e2e`: on a real broker, which the suite finds or starts itself. */
export default defineConfig({
  test: {
    globalSetup: ['test/build-function.ts', 'test/e2e/given/cluster.ts'],
    ...suites['test:e2e'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Brokers, groups and processes on a shared machine: what fails once there may be the machine.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
