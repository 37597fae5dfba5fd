// Points the exports of package.json at the build while npm packs. In the repository they point at
// the source, so that nothing has to be built; Node does not strip types below node_modules.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = '"./src/index.ts"';
const BUILT = '"./dist/index.js"';

const file = join(import.meta.dirname, 'package.json');
const [from, to] = process.argv.includes('--restore') ? [BUILT, SOURCE] : [SOURCE, BUILT];
writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
