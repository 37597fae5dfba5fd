import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { login } from './client.ts';

const ROOT = join(import.meta.dirname, '../..');
const EMULATOR = join(ROOT, 'emulator');
const manifest = JSON.parse(readFileSync(join(EMULATOR, 'package.json'), 'utf8'));
const dependencies: string[] = Object.keys(manifest.dependencies);

const run = promisify(execFile);

/** Packs a copy, because packing rewrites `package.json`; the path of the tarball. */
async function pack(folder: string): Promise<string> {
  const copy = join(folder, 'emulator');
  await cp(EMULATOR, copy, { recursive: true });
  await cp(join(ROOT, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await run('npm', ['pack', '--pack-destination', folder], { cwd: copy });
  const packed = readFileSync(join(copy, 'package.json'), 'utf8');
  expect(JSON.parse(packed)).toEqual(manifest);
  return join(folder, `${manifest.name}-${manifest.version}.tgz`);
}

/** A project without a registry: the tarball, and the dependencies of this repository. */
async function install(folder: string, tarball: string): Promise<void> {
  const links = dependencies.map((name) => [name, `file:${join(ROOT, 'node_modules', name)}`]);
  const project = {
    private: true,
    type: 'module',
    dependencies: { ...Object.fromEntries(links), [manifest.name]: `file:${tarball}` },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(project));
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund'], { cwd: folder });
}

test('the packed emulator installs, starts by its command and by an import', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const project = await mkdtemp(join(tmpdir(), 'project-'));
  onTestFinished(() => rm(project, { recursive: true }));
  await install(project, await pack(folder));

  const command = spawn(join(project, 'node_modules/.bin', manifest.name), ['--port', '0']);
  onTestFinished(() => void command.kill());
  let output = '';
  command.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 10_000 }).toContain('Ctrl-C');
  expect(await login(/http:\/\/[\d.]+:\d+/.exec(output)?.[0] ?? '')).toMatch(/^00D/);

  const script = `
    import { startEmulator } from '${manifest.name}';
    import contact from '${manifest.name}/objects/Contact.json' with { type: 'json' };
    const emulator = await startEmulator();
    console.log(contact.name, emulator.records('User').length);
    await emulator.close();`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = await run(process.execPath, args, { cwd: project });
  expect(stdout).toBe('Contact 1\n');
}, 60_000);
