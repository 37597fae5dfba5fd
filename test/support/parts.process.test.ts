import { execFileSync } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { hasPart, parts, requiredParts } from './parts.ts';

function givenFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('a part that is not here', () => {
  test('is skipped, and noted in the file that SKIPPED_PARTS names', () => {
    const file = join(givenFolder(), 'skipped');
    expect(hasPart('moto', 'no Python is here', { SKIPPED_PARTS: file })).toBe(false);
    expect(hasPart('moto', 'no Python is here', {})).toBe(false);
    expect(hasPart('lambda', null, { SKIPPED_PARTS: file })).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(
      'moto, another implementation of AWS: no Python is here\n',
    );
  });

  test.each(['moto', 'clients, moto', 'all'])('fails its tests with REQUIRE_PARTS=%s', (names) => {
    expect(() => hasPart('moto', 'no Python is here', { REQUIRE_PARTS: names })).toThrow(
      'REQUIRE_PARTS names moto, another implementation of AWS, which cannot run: no Python is here',
    );
    expect(hasPart('moto', null, { REQUIRE_PARTS: names })).toBe(true);
  });

  test('is skipped when others are required', () => {
    expect(hasPart('moto', 'no Python is here', { REQUIRE_PARTS: 'clients,lambda' })).toBe(false);
  });

  test('is none that is misspelt', () => {
    expect(() => requiredParts('clients,motto')).toThrow(/^REQUIRE_PARTS: motto is none of all, /);
    expect(requiredParts('')).toEqual([]);
  });
});

test.each(['check', 'release'])('the workflow %s skips no part', (name) => {
  const { jobs } = parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8'));
  const step = jobs[name].steps.find(({ run }: { run?: string }) => run === '.ci/run');
  expect(step.env).toEqual({ REQUIRE_PARTS: 'all' });
});

test('no test skips itself but for a part', () => {
  const skips = globSync('test/**/*.test.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\.(?:skipIf|runIf)\((.*)|\bskip\((.*)/g)].map(
      ([, condition = '', call = '']) => `${file}: ${condition}${call}`,
    ),
  );
  expect(skips.filter((skip) => !skip.includes("hasPart('")).toSorted()).toEqual([
    // The part is looked for where the client is started.
    ...Array(2).fill(expect.stringContaining('clients.process.test.ts: ran.note')),
    // Beside an emulator the contract runs on an org, whose owner says what it has.
    expect.stringContaining("target.kind === 'emulator'"),
    expect.stringContaining('CONTRACT_EXTERNAL_ID_FIELD names no field'),
  ]);
  expect(skips.length).toBeGreaterThan(10);
});

test('CONTRIBUTING.md lists every part', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8').split('\n### Parts of a machine\n')[1] ?? '';
  const rows = [...text.matchAll(/^\| `([\w-]+)` \| (.*?) \|/gm)].map(([, part, what]) => [
    part,
    what,
  ]);
  expect(Object.fromEntries(rows)).toEqual(parts);
});

test('.ci/run says at its end what was skipped, one line for each', () => {
  const folder = givenFolder();
  const commands = {
    npm: 'echo \'moto, AWS: no Python\' >> "$SKIPPED_PARTS"',
    npx: '',
    'cfn-lint': '',
  };
  for (const [name, line] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const env = { PATH: `${folder}:${process.env['PATH']}` };
  const output = execFileSync('.ci/run', { env, encoding: 'utf8' });
  expect(output).toBe('\nSkipped, since this machine lacks a part:\n  moto, AWS: no Python\n');
  writeFileSync(join(folder, 'npm'), '#!/bin/sh\n');
  expect(execFileSync('.ci/run', { env, encoding: 'utf8' })).toBe('');
});
