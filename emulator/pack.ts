// Builds `dist` and points the exports of package.json at it while npm packs. In the repository they
// point at the source, so that nothing has to be built; Node strips no types below node_modules.
import { execSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = '"./src/index.ts"';
const BUILT = '"./dist/index.js"';

const folder = import.meta.dirname;

function pointExports(from: string, to: string): void {
  const file = join(folder, 'package.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}

if (process.argv.includes('--restore')) pointExports(BUILT, SOURCE);
else {
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  execSync('tsc -p tsconfig.build.json', { cwd: folder, stdio: 'inherit' });
  pointExports(SOURCE, BUILT);
}
