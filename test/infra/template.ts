import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The root of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A resource of a CloudFormation template. */
export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
}

/** How a run of osls ended, and what it wrote. */
export interface OslsRun {
  exitCode: number;
  output: string;
}

/** Runs osls as the npm scripts do, with no credentials and no terminal to ask. */
export async function osls(...line: string[]): Promise<OslsRun> {
  const { AWS_PROFILE: _, AWS_ACCESS_KEY_ID: __, ...env } = process.env;
  const run = promisify(execFile)(process.execPath, [join(root, 'infra/osls.ts'), ...line], {
    env,
  });
  run.child.stdin?.end();
  try {
    const { stdout, stderr } = await run;
    return { exitCode: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, output: stdout + stderr };
  }
}

/** The resources of a template that `osls package --package <folder>` wrote, intrinsics resolved. */
export async function readResources(folder: string): Promise<Record<string, Resource>> {
  const path = join(folder, 'cloudformation-template-update-stack.json');
  const { Resources } = JSON.parse(await readFile(path, 'utf8'));
  return resolve(Resources) as Record<string, Resource>;
}

/** Replaces CloudFormation's intrinsic functions by what they would give in an account of ours. */
function resolve(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, input] = ['', null], ...others] = Object.entries(value);
  const intrinsic = others.length === 0 ? intrinsics[name] : undefined;
  if (intrinsic !== undefined) return intrinsic(resolve(input) as never);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
}

const pseudo: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
};

const intrinsics: Readonly<Record<string, (input: never) => unknown>> = {
  Ref: (name: string) => pseudo[name] ?? `<${name}>`,
  'Fn::GetAtt': (path: string[]) => `<${path.join('.')}>`,
  'Fn::Join': ([separator, parts]: [string, string[]]) => parts.join(separator),
  'Fn::Split': ([separator, text]: [string, string]) => text.split(separator),
  'Fn::Sub': (text: string) => text.replace(/\$\{(.+?)\}/g, (_, name) => pseudo[name] ?? ''),
};
