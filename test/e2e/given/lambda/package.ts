import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { osls, readResources } from '../../../infra/template.ts';

const execute = promisify(execFile);

/** A function as `npm run package` makes it. */
export interface Packaged {
  /** The unpacked zip: Lambda's `/var/task`. */
  readonly task: string;
  /** As in the template, `dist/sink.handler`. */
  readonly handler: string;
  /** `NODE_OPTIONS` of the template. */
  readonly nodeOptions: string;
}

/** The functions of a stage, packaged. */
export interface PackagedStage {
  readonly folder: string;
  readonly sink: Packaged;
  readonly doctor: Packaged;
}

/** Packages the shipped example, and unpacks its zips. The caller removes `folder`. */
export async function packageExample(): Promise<PackagedStage> {
  const folder = await mkdtemp(join(tmpdir(), 'packaged-'));
  const { exitCode, output } = await osls('package', '--stage', 'example', '--package', folder);
  if (exitCode !== 0) throw new Error(output);
  const resources = await readResources(folder);
  const unpacked = async (zip: string, id: string): Promise<Packaged> => {
    const task = join(folder, id);
    await execute('python3', ['-m', 'zipfile', '-e', join(folder, zip), task]);
    const properties = resources[id]?.Properties ?? {};
    const environment = properties['Environment'] as { Variables: Record<string, string> };
    const { NODE_OPTIONS: nodeOptions = '' } = environment.Variables;
    return { task, handler: String(properties['Handler']), nodeOptions };
  };
  return {
    folder,
    sink: await unpacked('msk-salesforce-sink.zip', 'ContactsLambdaFunction'),
    doctor: await unpacked('doctor.zip', 'DoctorLambdaFunction'),
  };
}
