/** The files of a suite, as patterns. */
interface Suite {
  readonly include: string[];
  readonly exclude: string[];
}

/** The suites of tests by the script that runs each; every file of tests is in one of them. */
export const suites = {
  /** What a change is tested with each time. */
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/reliability/fault-matrix*.test.ts',
      'test/**/*.process.test.ts',
      'test/contract/**',
      'test/e2e/**',
    ],
  },
  /** Each step of a flush broken in each way. */
  'test:matrix': { include: ['test/reliability/fault-matrix*.test.ts'], exclude: [] },
  /** What starts programs: our commands, the built function, the Serverless Framework, npm, other clients. */
  'test:processes': { include: ['test/**/*.process.test.ts'], exclude: [] },
  /** What the emulator and a real org must have in common. */
  'test:contract': { include: ['test/contract/**/*.test.ts'], exclude: [] },
  /** On a real broker. */
  'test:e2e': { include: ['test/e2e/**/*.test.ts'], exclude: [] },
} satisfies Record<string, Suite>;
