import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'test/build-function.ts',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/contract/**'],
    // A guard against hanging, not a measure: machines that are shared are slow at times.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // Most tests wait for servers and processes, not for the processor.
    maxWorkers: 4,
  },
});
