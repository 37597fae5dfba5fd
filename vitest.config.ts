import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'test/build-function.ts',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/contract/**'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    // Most tests wait for servers and processes, not for the processor.
    maxWorkers: 4,
  },
});
