import { defineConfig } from 'vitest/config';
import { ContractReport } from './test/contract/report.ts';
import { suites } from './test/suites.ts';

export default defineConfig({
  test: {
    ...suites['test:contract'],
    globalSetup: 'test/contract/target.ts',
    reporters: ['default', new ContractReport()],
    // A real org takes its time; the emulator in its fast pace does not.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // One job after the other: an org has other things to do.
    fileParallelism: false,
    // Its modules stay loaded from file to file.
    isolate: false,
  },
});
