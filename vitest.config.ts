import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';
import { suites } from './test/suites.ts';

// Workers and the processes that tests start compile a module once, not each anew.
process.env['NODE_COMPILE_CACHE'] ??= `${import.meta.dirname}/node_modules/.cache/compiled`;

export default defineConfig({
  test: {
    globalSetup: 'test/build-function.ts',
    setupFiles: 'test/leave-no-trace.ts',
    ...suites.test,
    // A guard against hanging, not a measure: machines that are shared are slow at times.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    restoreMocks: true,
    unstubEnvs: true,
    // A worker keeps its modules from file to file: loading them takes longer than most tests.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // With processes a run took 160 seconds of a processor instead of 110.
    pool: 'threads',
    // More than a small machine has cores: many tests wait for servers.
    maxWorkers: 4,
  },
});
