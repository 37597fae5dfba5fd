import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, by the processor time that they and their processes need. */
const longest = [
  'test/reliability/fault-matrix.test.ts',
  'test/reliability/fault-matrix-deletes.test.ts',
  'test/reliability/fault-matrix-deletes-2.test.ts',
  'test/reliability/fault-matrix-deletes-3.test.ts',
  'test/reliability/fault-matrix-at-least-once.test.ts',
  'test/decode/any-value.test.ts',
  'test/reliability/model.test.ts',
  'test/infra/package.process.test.ts',
  'test/infra/cfn-lint.process.test.ts',
  'test/infra/npm-options.process.test.ts',
  'test/handlers/sink.process.test.ts',
  'test/local/demo/demo.process.test.ts',
  'test/cli/aws-errors.process.test.ts',
  'test/local/runner/file-run.process.test.ts',
  'test/local/runner/live.process.test.ts',
  'test/cli/replay/killed.test.ts',
  'test/reliability/accounting.test.ts',
  'test/infra/limits/limits.test.ts',
  'test/ledger/table.test.ts',
  'test/salesforce/replies.test.ts',
  'test/cli/plan/simulation.test.ts',
  'test/docs/waits.test.ts',
  'test/delivery/equal-rows.test.ts',
  'test/cli/plan/findings.test.ts',
];

/** Starts the longest files first, so that no worker is left with one of them at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    return others.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((name) => moduleId.endsWith(name));
  return at === -1 ? longest.length : at;
}
