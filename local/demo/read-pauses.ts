import { parseArgs } from 'node:util';
import { refuseNpmOptions } from '../../infra/npm-options.ts';
import { openPauses, type Pauses } from './pauses.ts';

const usage = 'Usage: npm run demo [-- --slow]. --slow explains each step and waits for Enter.';

/**
 * Reads the command line of the demo: the pauses of `--slow`; null: none. Ends the process with 0 when
 * help was requested, and with 1 for an option that the demo does not have.
 */
export function readPauses(): Pauses | null {
  try {
    const options = { slow: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
    refuseNpmOptions('demo', options);
    const { slow, help } = parseArgs({ options }).values;
    if (help !== true) return slow === true ? openPauses(process.stdin) : null;
    console.log(usage);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(1);
  }
  process.exit(0);
}
