import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readStage } from '../../infra/serverless-file.ts';
import type { Stage } from '../../infra/sinks-file/sink.ts';
import { stack } from '../../infra/stack/stack.ts';
import { hasPart } from '../support/parts.ts';
import { everyKind } from './every-kind.ts';
import { frameworkTemplate } from './framework-template.ts';
import { everythingOf, fileOf, type Keys, network, read, selfManaged, yamlOf } from './given.ts';
import { anyFile } from './limits/any-stage.ts';

// A sink has a dozen resources, and each takes the linter 20 to 30 ms.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const lacks = spawnSync('cfn-lint', ['--version']).status === 0 ? null : 'pip install cfn-lint';

const stageOf = (content: Keys): Stage => {
  const { stage, problems } = read(yamlOf(content));
  if (stage === null) throw new Error(problems.join('\n'));
  return stage;
};

/** Other random files: `LINT_SEED=7 npx vitest run test/infra/cfn-lint.test.ts`. */
const seed = Number(process.env['LINT_SEED'] ?? 3);
const drawn = fc
  .sample(anyFile, { numRuns: 80, seed })
  .map((content) => ({ content, ...read(yamlOf(content)) }));

/** Random stages of about these numbers of sinks, each of another number. */
const randomStages = [2, 5, 10, 20, 30].reduce<Stage[]>((chosen, size) => {
  const isNew = ({ sinks }: Stage) => chosen.every((other) => other.sinks.length !== sinks.length);
  const far = ({ sinks }: Stage) => Math.abs(sinks.length - size);
  const stages = drawn.flatMap(({ stage }) => (stage !== null && isNew(stage) ? [stage] : []));
  return chosen.concat(stages.toSorted((one, other) => far(one) - far(other)).slice(0, 1));
}, []);

/** The most sinks that a stage can have: those of a cluster of one's own have no alarm on time lag. */
const largest = 40;
const brokers = { kafka: { ...selfManaged, ...network, auth: 'none' } };

const stages: Readonly<Record<string, Stage>> = {
  'the example': readStage('infra/sinks/example.yml', 'example'),
  'every kind of cluster, with every login and everything turned on': stageOf({
    ...everythingOf,
    sinks: everyKind(),
  }),
  'the largest stage': read(fileOf(largest, () => brokers)).stage as Stage,
  ...Object.fromEntries(
    randomStages.map((stage, index) => [
      `random file ${index + 1}, ${stage.sinks.length} sinks`,
      stage,
    ]),
  ),
};

/** A finding of the linter, as its JSON has it. */
interface Finding {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
  readonly Message: string;
}

describe.runIf(hasPart('cfn-lint', lacks))('cfn-lint finds nothing in', () => {
  let folder: string;
  let findings: Finding[];

  // One process for all: its start takes as long as ten sinks.
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cfn-lint-'));
    const paths = Object.values(stages).map(async (stage, index) => {
      const path = join(folder, `${index}.json`);
      const template = frameworkTemplate(stack(stage), stage.stage);
      await writeFile(
        path,
        JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', ...template }),
      );
      return path;
    });
    // W3005: osls makes a function depend on the role that it names already.
    const args = ['--ignore-checks', 'W3005', '--format', 'json', '--template'];
    const run = promisify(execFile)('cfn-lint', [...args, ...(await Promise.all(paths))]);
    const { stdout } = await run.catch((error: { stdout: string }) => error);
    findings = JSON.parse(stdout);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(Object.keys(stages).map((name, index) => [name, index] as const))('%s', (_, index) => {
    const own = findings.filter(({ Filename }) => Filename.endsWith(`/${index}.json`));
    expect(own.map(({ Rule, Message }) => `${Rule.Id}: ${Message}`)).toEqual([]);
  });

  test('no template that it could not read', () => {
    expect(findings).toEqual([]);
  });
});

test('there are random files of five sizes', () => {
  expect(randomStages).toHaveLength(5);
});

test('a stage of more sinks is refused with the reason, up to 200 of them', () => {
  const tooMany = fc.integer({ min: largest + 1, max: 200 });
  fc.assert(
    fc.property(tooMany, (count) => {
      const { stage, problems } = read(fileOf(count, () => brokers));
      expect(stage).toBeNull();
      expect(problems.join()).toMatch(
        /a stack has at most 500 resources: divide the sinks among \d/,
      );
    }),
    { numRuns: 12 },
  );
});

test('a random file of many more sinks than fit is refused for its resources, or for a key', () => {
  const large = drawn.filter(({ content }) => Object.keys(content['sinks'] as Keys).length > 45);
  const refused = large.map(({ stage, problems }) => {
    expect(stage).toBeNull();
    return problems.some((problem) => problem.includes('a stack has at most 500 resources'));
  });
  // A key that is no name, or too long, is told of before the resources are counted.
  expect(refused).toContain(true);
  expect(refused.length).toBeGreaterThan(10);
});
